import { removedServicePrincipals } from '../../changes/service-principals';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const servicePrincipalRemoved: ReviewRule = {
  id: 'service-principal-removed',
  severity: 'block',
  adjustable: true,
  sentence:
    'the service principal of an application is removed or made anew: every consent and every directory role goes with it',
  source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  check(stack) {
    return removedServicePrincipals(stack).map(({ application, change: { effect } }) => ({
      subject: subjectOf(stack, application),
      message: `the service principal of ${applicationOf(stack, application)} is ${effect === 'replace' ? 'replaced by a new one' : 'removed'}, and its admin consent and directory roles go with it: ${whatStops(stack)} stops`,
      cure: 'keep it: to Entra, the service principal is what holds the consent; an application without one cannot sign in to the tenant',
    }));
  },
};
