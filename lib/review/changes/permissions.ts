import { knownPermissions } from '../../catalogue/permission-names';
import {
  backupPermissions,
  dataCloudPermissions,
  directoryRolesFor,
  formatPermission,
  formatPermissionName,
  type Permission,
  PORTAL_SCOPE,
  portalPermissions,
} from '../../catalogue/permissions';
import { groupBy } from '../../words/lists';
import type { Effect } from '../../plan/plan';
import type { PlannedApplication } from '../stack/application';
import { formatNamedPermission, type NamedPermission, withoutPermissions } from '../stack/permissions';
import type { Owner, StackPlan } from '../stack/stack-plan';
import { staysItself } from './credentials';
import { rememberedOnce } from './remembered';
import { removedServicePrincipals } from './service-principals';
import { listed } from './wording';

/** What one application asks for, or is granted, more or less than before. */
interface Difference<T = NamedPermission> {
  readonly added: readonly T[];
  readonly kept: readonly T[];
  readonly removed: readonly T[];
}

/** What a plan changes in the permissions of one application that stays itself; undefined: of one that another stack has. */
export interface PermissionChanges {
  readonly application: PlannedApplication | undefined;
  readonly requested: Difference;
  /** None where the service principal goes: that takes every consent with it, and is told once. */
  readonly granted: Difference;
  readonly addedRoles: readonly string[];
  readonly keptRoles: readonly string[];
  readonly removedRoles: readonly string[];
}

/**
 * The permissions of each application, over all the resources that have a part of them. What a stack gives to a principal
 * that it does not know is there, too.
 */
export const permissionChanges = rememberedOnce((stack): readonly PermissionChanges[] => {
  const withoutPrincipal = new Set(removedServicePrincipals(stack).map(({ application }) => application));
  const keepsPrincipal = ({ application }: Pick<Part<unknown>, 'application'>): boolean =>
    !withoutPrincipal.has(application);
  const requested = collect(stack.requested, formatNamedPermission);
  const granted = collect(stack.grants.filter(keepsPrincipal), formatNamedPermission);
  const roles = collect(stack.roleAssignments.filter(keepsPrincipal), (role) => role);
  const concerned = new Set([...requested.keys(), ...granted.keys(), ...roles.keys()]);
  return [...concerned].map((application) => {
    const { added, kept, removed } = roles.get(application) ?? NOTHING;
    return {
      application,
      requested: requested.get(application) ?? NOTHING,
      granted: granted.get(application) ?? NOTHING,
      ...{ addedRoles: added, keptRoles: kept, removedRoles: removed },
    };
  });
});

/** Those of the applications of the stack: what others are given is told by a rule of its own. */
export function ownPermissionChanges(stack: StackPlan): readonly PermissionChanges[] {
  return permissionChanges(stack).filter(({ application }) => application?.foreign !== true);
}

/**
 * What the owner's services, purposes and version of the product need, as `formatNamedPermission` writes it, with the directory
 * roles; undefined where the configuration does not know the owner.
 */
export function neededNames(owner: Owner | undefined): ReadonlySet<string> | undefined {
  if (owner === undefined) return undefined;
  const permissions = permissionsOf(owner);
  return new Set([...permissions.map(formatPermission), ...directoryRolesFor(permissions)]);
}

/** Whether its name is one that Microsoft gives, or the application itself offers it. */
export function isKnown(permission: NamedPermission, application: PlannedApplication | undefined): boolean {
  const { api, kind, name } = permission;
  return known.has(formatPermissionName(api, kind, name)) || isOwnScope(permission, application);
}

/** Restore Portal's application asks for a scope of its own. */
export function isOwnScope({ api, kind, name }: NamedPermission, application: PlannedApplication | undefined): boolean {
  // A stack that only grants does not know the application whose scope it is.
  return kind === 'delegated' && (api === application?.displayName || (!application && name === PORTAL_SCOPE));
}

/** What is asked for or granted from now on, without repetition. */
export function addedPermissions({ granted, requested }: PermissionChanges): NamedPermission[] {
  return [...requested.added, ...withoutPermissions(granted.added, requested.added)];
}

/** What is no longer asked for or granted, without repetition. */
export function removedPermissions({ granted, requested }: PermissionChanges): NamedPermission[] {
  return [...requested.removed, ...withoutPermissions(granted.removed, requested.removed)];
}

/** `Microsoft Graph: Directory.Read.All, Group.Read.All; SharePoint (delegated): User.Read.All; directory role: Global Reader` */
export function formatPermissions(permissions: readonly NamedPermission[], roles: readonly string[] = []): string {
  const byApi = new Map<string, string[]>();
  for (const { api, kind, name, user } of permissions) {
    const key = `${kind === 'delegated' ? `${api} (delegated)` : api}${user === undefined ? '' : ` for the user ${user}`}`;
    const others = byApi.get(key);
    if (others === undefined) byApi.set(key, [name]);
    else others.push(name);
  }
  if (roles.length > 0) byApi.set('directory role', [...roles]);
  return Array.from(byApi, ([api, names]) => `${api}: ${listed(names.sort())}`).join('; ');
}

const NOTHING: Difference<never> = { added: [], kept: [], removed: [] };

const known: ReadonlySet<string> = new Set(
  knownPermissions.map(({ api, kind, name }) => formatPermissionName(api, kind, name)),
);

function permissionsOf(owner: Owner): Permission[] {
  if (owner.kind === 'data-cloud') return dataCloudPermissions(owner.configuration.services);
  if (owner.kind === 'installation') return owner.configuration.restorePortal === undefined ? [] : portalPermissions();
  return backupPermissions({ ...owner.configuration, productVersion: owner.productVersion });
}

interface Part<T> {
  readonly effect: Effect;
  readonly application: PlannedApplication | undefined;
  readonly before: readonly T[];
  readonly after: readonly T[];
}

/** What one resource loses and another one takes over has not changed. */
function collect<T>(
  parts: readonly Part<T>[],
  nameOf: (entry: T) => string,
): Map<PlannedApplication | undefined, Difference<T>> {
  return new Map(
    Array.from(grouped(parts), ([application, own]) => {
      const before = new Map(own.flatMap((part) => part.before.map((entry) => [nameOf(entry), entry])));
      const after = new Map(own.flatMap((part) => part.after.map((entry) => [nameOf(entry), entry])));
      const added = [...after].filter(([name]) => !before.has(name)).map(([, entry]) => entry);
      const kept = [...after].filter(([name]) => before.has(name)).map(([, entry]) => entry);
      const removed = [...before].filter(([name]) => !after.has(name)).map(([, entry]) => entry);
      return [application, { added, kept, removed }] as const;
    }),
  );
}

/** By application, without those of which nothing changes. */
function grouped<T>(parts: readonly Part<T>[]): Map<PlannedApplication | undefined, Part<T>[]> {
  const changing = new Set(parts.filter(({ effect }) => effect !== 'none').map(({ application }) => application));
  const concerned = parts.filter(({ application }) => changing.has(application) && staysItself(application));
  return groupBy(concerned, ({ application }) => application);
}
