import { isClientSecret } from '../../changes/client-secrets';
import type { ReviewRule } from '../review-rule';

export const clientSecret: ReviewRule = {
  id: 'client-secret',
  severity: 'block',
  adjustable: true,
  sentence: 'a client secret is made: Terraform keeps it in the state, and whoever reads that can sign in with it',
  source: 'https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration',
  check({ plan }) {
    return plan.changes.filter(isClientSecret).map(({ address }) => ({
      subject: address,
      message: `${address} makes a client secret, which stands in the Terraform state: whoever reads the state can sign in as the application`,
      cure: 'remove it: Veeam signs in with a certificate, of which Terraform sees the public half only',
    }));
  },
};
