import { removedServicePrincipals } from '../../changes/service-principals';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function servicePrincipalRemoved(stack: StackPlan): ReviewComplaint[] {
  return removedServicePrincipals(stack).map(({ application, change: { effect } }) => ({
    subject: subjectOf(stack, application),
    message: `the service principal of ${applicationOf(stack, application)} is ${effect === 'replace' ? 'replaced by a new one' : 'removed'}, and its admin consent and directory roles go with it: ${whatStops(stack)} stops`,
    cure: 'keep it: to Entra, the service principal is what holds the consent; an application without one cannot sign in to the tenant',
  }));
}
