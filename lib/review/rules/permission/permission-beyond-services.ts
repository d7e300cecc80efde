import { formatNamedPermission } from '../../stack/permissions';
import {
  addedPermissions,
  formatPermissions,
  isKnown,
  isOwnScope,
  neededNames,
  ownPermissionChanges,
} from '../../changes/permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

/** What an existing application had before is not counted, nor what the catalogue does not know. */
export const permissionBeyondServices: ReviewRule = {
  id: 'permission-beyond-services',
  severity: 'warn',
  adjustable: true,
  sentence:
    'an application is given permissions that the declared services, purposes and version of the product do not need',
  source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  check(stack) {
    const needed = neededNames(stack.owner);
    if (needed === undefined) return [];
    return ownPermissionChanges(stack).flatMap((changes) => {
      const { addedRoles, application } = changes;
      const permissions = addedPermissions(changes)
        .filter((permission) => isKnown(permission, application) && !isOwnScope(permission, application))
        .filter((permission) => !needed.has(formatNamedPermission(permission)));
      const roles = addedRoles.filter((role) => !needed.has(role));
      const count = permissions.length + roles.length;
      if (count === 0) return [];
      return {
        subject: subjectOf(stack, application),
        message: `${applicationOf(stack, application)} is given ${counted(count, 'permission')} that the declared services and purposes do not need: ${formatPermissions(permissions, roles)}`,
        cure: 'leave out what is not needed, or declare the services and purposes that need it in vb365.yaml',
      };
    });
  },
};
