import { addedPermissions, formatPermissions, isKnown, ownPermissionChanges } from '../../changes/permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const permissionUnknown: ReviewRule = {
  id: 'permission-unknown',
  severity: 'warn',
  adjustable: true,
  sentence:
    'an application is given permissions that the catalogue of this library does not know: nobody here can say what they allow',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
  check(stack) {
    return ownPermissionChanges(stack).flatMap((changes) => {
      const { application } = changes;
      const unknown = addedPermissions(changes).filter((permission) => !isKnown(permission, application));
      if (unknown.length === 0) return [];
      return {
        subject: subjectOf(stack, application),
        message: `${applicationOf(stack, application)} is given ${counted(unknown.length, 'permission')} that the catalogue of this library does not know: ${formatPermissions(unknown)}`,
        cure: 'look the ids up in the permissions reference of Microsoft Graph, or in the service principal of the API, and leave out what is not needed',
      };
    });
  },
};
