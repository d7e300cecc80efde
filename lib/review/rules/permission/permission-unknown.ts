import { addedPermissions, formatPermissions, isKnown, ownPermissionChanges } from '../../changes/permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function permissionUnknown(stack: StackPlan): ReviewComplaint[] {
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
}
