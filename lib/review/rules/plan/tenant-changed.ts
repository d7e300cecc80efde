import { registration, type StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** An application belongs to the tenant it was made in. */
export function tenantChanged({ plan, stack }: StackPlan): ReviewComplaint[] {
  const { after, before } = registration(plan);
  if (before.tenant === undefined || after.tenant === undefined || before.tenant === after.tenant) return [];
  return [
    {
      subject: stack,
      message: `the tenant changes from ${before.tenant} to ${after.tenant}, and the applications of ${stack} are registered in ${before.tenant}: Terraform no longer finds them and makes new ones, which the product does not know`,
      cure: 'give the organization of the other tenant a name of its own in vb365.yaml, deploy it, and remove the old one once its backups have moved',
    },
  ];
}
