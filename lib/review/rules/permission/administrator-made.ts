import {
  administratorPermissions,
  administratorRoles,
  isAdministratorRole,
} from '../../../catalogue/administrator-rights';
import { addedPermissions, ownPermissionChanges } from '../../changes/permissions';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import { isOfAdministrator } from './permission-beyond-services';
import type { ReviewComplaint } from '../review-rule';

/** Veeam needs none of them, whatever the services. */
export function administratorMade(stack: StackPlan): ReviewComplaint[] {
  return ownPermissionChanges(stack).flatMap((changes) => {
    const permissions = addedPermissions(changes).filter(isOfAdministrator);
    const rights = [
      ...permissions.map(({ name }) => `${name} (${administratorPermissions[name] ?? ''})`),
      ...changes.addedRoles.filter(isAdministratorRole).map((role) => `${role} (${administratorRoles[role] ?? ''})`),
    ];
    if (rights.length === 0) return [];
    const { application } = changes;
    return {
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} becomes an administrator of the tenant by ${listed(rights)}: so does whoever has its certificate`,
      cure: 'leave it out: the product needs none of it',
    };
  });
}
