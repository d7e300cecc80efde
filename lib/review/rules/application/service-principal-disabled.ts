import type { ResourceChange } from '../../../plan/plan';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import { changedServicePrincipals } from '../../changes/service-principals';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function servicePrincipalDisabled(stack: StackPlan): ReviewComplaint[] {
  return changedServicePrincipals(stack)
    .filter(({ change }) => isSwitchedOff(change))
    .map(({ application }) => ({
      subject: subjectOf(stack, application),
      message: `the service principal of ${applicationOf(stack, application)} is disabled: ${whatStops(stack)} stops`,
      cure: 'leave account_enabled on',
    }));
}

function isSwitchedOff({ after, before }: ResourceChange): boolean {
  return after.account_enabled === false && before.account_enabled !== false;
}
