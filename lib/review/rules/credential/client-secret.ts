import { isClientSecret } from '../../changes/client-secrets';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function clientSecret({ plan }: StackPlan): ReviewComplaint[] {
  return plan.changes.filter(isClientSecret).map(({ address }) => ({
    subject: address,
    message: `${address} makes a client secret, which stands in the Terraform state: whoever reads the state can sign in as the application`,
    cure: 'remove it: Veeam signs in with a certificate, of which Terraform sees the public half only',
  }));
}
