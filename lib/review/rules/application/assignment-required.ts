import { applicationOf, subjectOf } from '../../changes/wording';
import { changedServicePrincipals } from '../../changes/service-principals';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function assignmentRequired(stack: StackPlan): ReviewComplaint[] {
  return changedServicePrincipals(stack)
    .filter(
      ({ change: { after, before } }) =>
        after.app_role_assignment_required === true && before.app_role_assignment_required !== true,
    )
    .map(({ application }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} takes only people and applications that are assigned to it from now on: everybody else can no longer sign in to it`,
      cure: 'assign first whoever signs in to it, or leave app_role_assignment_required off',
    }));
}
