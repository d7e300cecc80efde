import type { ResourceChange } from '../../../plan/plan';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import { changedServicePrincipals } from '../../changes/service-principals';
import type { ReviewRule } from '../review-rule';

export const servicePrincipalDisabled: ReviewRule = {
  id: 'service-principal-disabled',
  severity: 'block',
  adjustable: true,
  sentence: 'the service principal of an application is disabled: nothing can sign in as it, and nobody to it',
  source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/disable-user-sign-in-portal',
  check(stack) {
    return changedServicePrincipals(stack)
      .filter(({ change }) => isSwitchedOff(change))
      .map(({ application }) => ({
        subject: subjectOf(stack, application),
        message: `the service principal of ${applicationOf(stack, application)} is disabled: ${whatStops(stack)} stops`,
        cure: 'leave account_enabled on',
      }));
  },
};

function isSwitchedOff({ after, before }: ResourceChange): boolean {
  return after.account_enabled === false && before.account_enabled !== false;
}
