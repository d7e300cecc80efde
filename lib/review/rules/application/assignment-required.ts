import { applicationOf, subjectOf } from '../../changes/wording';
import { changedServicePrincipals } from '../../changes/service-principals';
import type { ReviewRule } from '../review-rule';

export const assignmentRequired: ReviewRule = {
  id: 'assignment-required',
  severity: 'warn',
  adjustable: true,
  sentence:
    'an application takes only people and applications that are assigned to it: everybody else can no longer sign in to it',
  source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/application-properties',
  check(stack) {
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
  },
};
