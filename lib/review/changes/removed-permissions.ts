import { groupBy } from '../../words/lists';
import type { PlannedApplication } from '../stack/application';
import { formatNamedPermission, type NamedPermission } from '../stack/permissions';
import type { StackPlan } from '../stack/stack-plan';
import {
  isOwnScope,
  neededNames,
  ownPermissionChanges,
  type PermissionChanges,
  removedPermissions,
} from './permissions';

/** Permissions and directory roles that one application loses. */
export interface LostPermissions {
  readonly application: PlannedApplication | undefined;
  readonly permissions: readonly NamedPermission[];
  readonly roles: readonly string[];
}

/** `needed`: what the configuration still needs; everything where it does not know the owner. One entry an application. */
export function lostPermissions(stack: StackPlan, which: 'needed' | 'unneeded'): LostPermissions[] {
  const isAskedFor = neededTest(stack);
  const told = which === 'needed' ? withdrawnConsents(stack) : [];
  const toldBy = groupBy(told, ({ application }) => application);
  return ownPermissionChanges(stack)
    .map((changes) => {
      const { application, removedRoles } = changes;
      const already = toldBy.get(application) ?? [];
      const names = new Set(already.flatMap(({ permissions }) => permissions.map(formatNamedPermission)));
      const permissions = removedPermissions(changes).filter((permission) => {
        const isNeeded = isOwnScope(permission, application) || isAskedFor(formatNamedPermission(permission));
        return isNeeded === (which === 'needed') && !names.has(formatNamedPermission(permission));
      });
      const roles = removedRoles.filter((role) => isAskedFor(role) === (which === 'needed'));
      return {
        application,
        permissions,
        roles: roles.filter((role) => !already.some((one) => one.roles.includes(role))),
      };
    })
    .filter(({ permissions, roles }) => permissions.length + roles.length > 0);
}

/** Consent without which nothing works: the last application permission that is needed, or a directory role. */
export function withdrawnConsents(stack: StackPlan): LostPermissions[] {
  const isAskedFor = neededTest(stack);
  return ownPermissionChanges(stack)
    .map((changes) => ({
      application: changes.application,
      permissions: lastConsents(changes, isAskedFor),
      roles: changes.removedRoles.filter(isAskedFor),
    }))
    .filter(({ permissions, roles }) => permissions.length + roles.length > 0);
}

function lastConsents({ granted }: PermissionChanges, isAskedFor: (name: string) => boolean): NamedPermission[] {
  const isNeeded = (permission: NamedPermission): boolean =>
    permission.kind === 'application' && isAskedFor(formatNamedPermission(permission));
  return [...granted.kept, ...granted.added].some(isNeeded) ? [] : granted.removed.filter(isNeeded);
}

function neededTest({ owner }: StackPlan): (name: string) => boolean {
  const wanted = neededNames(owner);
  return (name) => wanted?.has(name) ?? true;
}
