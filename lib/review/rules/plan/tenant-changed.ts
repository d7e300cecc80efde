import { registration } from '../../stack/stack-plan';
import type { ReviewRule } from '../review-rule';

/** An application belongs to the tenant it was made in. */
export const tenantChanged: ReviewRule = {
  id: 'tenant-changed',
  severity: 'block',
  adjustable: true,
  sentence:
    'the tenant of a stack changes: its applications are registered in the old one, and the new one does not know them',
  source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  check({ plan, stack }) {
    const { after, before } = registration(plan);
    if (before.tenant === undefined || after.tenant === undefined || before.tenant === after.tenant) return [];
    return [
      {
        subject: stack,
        message: `the tenant changes from ${before.tenant} to ${after.tenant}, and the applications of ${stack} are registered in ${before.tenant}: Terraform no longer finds them and makes new ones, which the product does not know`,
        cure: 'give the organization of the other tenant a name of its own in vb365.yaml, deploy it, and remove the old one once its backups have moved',
      },
    ];
  },
};
