import { formatPermissions } from '../../changes/permissions';
import { withdrawnConsents } from '../../changes/removed-permissions';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const consentWithdrawn: ReviewRule = {
  id: 'consent-withdrawn',
  severity: 'block',
  adjustable: true,
  sentence:
    'an application loses the consent to every application permission that is needed, or a directory role that is: it can sign in, and may do nothing',
  source: 'https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview',
  check(stack) {
    return withdrawnConsents(stack).map(({ application, permissions, roles }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} loses ${permissions.length > 0 ? 'the consent to every application permission that it needs' : 'a directory role that it needs'} (${formatPermissions(permissions, roles)}): ${whatStops(stack)} stops`,
      cure: 'keep the consent, or take the services and purposes that need it out of vb365.yaml',
    }));
  },
};
