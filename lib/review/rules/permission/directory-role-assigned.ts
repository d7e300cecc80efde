import { ownPermissionChanges } from '../../changes/permissions';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const directoryRoleAssigned: ReviewRule = {
  id: 'directory-role-assigned',
  severity: 'warn',
  adjustable: true,
  sentence: 'a directory role is assigned to an application, and holds in the whole tenant',
  source: 'https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2',
  check(stack) {
    return ownPermissionChanges(stack)
      .filter(({ addedRoles }) => addedRoles.length > 0)
      .map(({ addedRoles, application }) => ({
        subject: subjectOf(stack, application),
        message: `the directory role ${listed(addedRoles)} is assigned to ${applicationOf(stack, application)}, for the whole tenant`,
        cure: 'make sure that an administrator of the tenant agrees; Exchange Online without a person needs Global Reader, and no more',
      }));
  },
};
