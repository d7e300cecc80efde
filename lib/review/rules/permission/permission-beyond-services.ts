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
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** What an existing application had before is not counted, nor what the catalogue does not know. */
export function permissionBeyondServices(stack: StackPlan): ReviewComplaint[] {
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
}
