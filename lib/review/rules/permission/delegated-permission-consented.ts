import { formatPermissions, ownPermissionChanges } from '../../changes/permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const delegatedPermissionConsented: ReviewRule = {
  id: 'delegated-permission-consented',
  severity: 'note',
  adjustable: true,
  sentence:
    'admin consent is given to delegated permissions: the application acts with them for whoever signs in, and with no more than that person may do',
  source: 'https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview',
  check(stack) {
    return ownPermissionChanges(stack).flatMap(({ application, granted }) => {
      const permissions = granted.added.filter(({ kind }) => kind === 'delegated');
      if (permissions.length === 0) return [];
      return {
        subject: subjectOf(stack, application),
        message: `admin consent is given to ${counted(permissions.length, 'delegated permission')} of ${applicationOf(stack, application)}, for whoever signs in: ${formatPermissions(permissions)}`,
        cure: 'make sure that an administrator of the tenant agrees',
      };
    });
  },
};
