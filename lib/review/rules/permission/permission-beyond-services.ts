import { isAdministratorPermission, isAdministratorRole } from '../../../catalogue/administrator-rights';
import { formatNamedPermission, type NamedPermission, withoutPermissions } from '../../stack/permissions';
import {
  formatPermissions,
  isKnown,
  isOwnScope,
  neededNames,
  ownPermissionChanges,
  type PermissionChanges,
} from '../../changes/permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { PlannedApplication } from '../../stack/application';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function permissionBeyondServices(stack: StackPlan): ReviewComplaint[] {
  return beyondServices(stack).flatMap(({ application, granted, roles }) => {
    const count = granted.length + roles.length;
    if (count === 0) return [];
    return {
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} is granted ${counted(count, 'permission')} that the declared services and purposes do not need: ${formatPermissions(granted, roles)}`,
      cure: 'leave out what is not needed, or declare the services and purposes that need it in vb365.yaml',
    };
  });
}

/** What an application is given without need. */
interface BeyondServices {
  readonly application: PlannedApplication | undefined;
  readonly granted: readonly NamedPermission[];
  /** Only asked for. */
  readonly requested: readonly NamedPermission[];
  readonly roles: readonly string[];
}

/**
 * What an existing application had before is not counted, nor what nobody here knows; what makes an administrator of it is told by
 * the rule about that.
 */
export function beyondServices(stack: StackPlan): BeyondServices[] {
  const needed = neededNames(stack.owner);
  if (needed === undefined) return [];
  return ownPermissionChanges(stack).map(({ addedRoles, application, granted, requested }) => {
    const isBeyond = (permission: NamedPermission): boolean =>
      isKnown(permission, application) &&
      !isOwnScope(permission, application) &&
      !needed.has(formatNamedPermission(permission)) &&
      !isOfAdministrator(permission);
    return {
      application,
      granted: granted.added.filter(isBeyond),
      requested: withoutPermissions(requested.added, granted.added).filter(isBeyond),
      roles: addedRoles.filter((role) => !needed.has(role) && !isAdministratorRole(role)),
    };
  });
}

/** A delegated permission of the same name gives no more than the person who signs in has. */
export function isOfAdministrator({ kind, name }: NamedPermission): boolean {
  return kind === 'application' && isAdministratorPermission(name);
}

/** What is given and needed: what is not is told by the rule about that. */
export function neededGrants(stack: StackPlan): PermissionChanges[] {
  const beyond = new Map(beyondServices(stack).map((found) => [found.application, found]));
  return ownPermissionChanges(stack).map((changes) => {
    const { granted = [], roles = [] } = beyond.get(changes.application) ?? {};
    const added = withoutPermissions(changes.granted.added, granted).filter((one) => !isOfAdministrator(one));
    return {
      ...changes,
      granted: { ...changes.granted, added },
      addedRoles: changes.addedRoles.filter((role) => !roles.includes(role) && !isAdministratorRole(role)),
    };
  });
}
