import { formatPermissions, ownPermissionChanges } from '../../changes/permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const applicationPermissionConsented: ReviewRule = {
  id: 'application-permission-consented',
  severity: 'warn',
  adjustable: true,
  sentence:
    'admin consent is given to application permissions: whoever has the certificate of the application can use them on the whole tenant, without a person who signs in',
  source: 'https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview',
  check(stack) {
    return ownPermissionChanges(stack).flatMap(({ application, granted }) => {
      const permissions = granted.added.filter(({ kind }) => kind === 'application');
      if (permissions.length === 0) return [];
      return {
        subject: subjectOf(stack, application),
        message: `admin consent is given to ${counted(permissions.length, 'application permission')} of ${applicationOf(stack, application)}, for the whole tenant and without a person who signs in: ${formatPermissions(permissions)}`,
        cure: 'make sure that an administrator of the tenant agrees',
      };
    });
  },
};
