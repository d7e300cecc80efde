import { directoryRole } from '../../../lib/catalogue/directory-roles';
import type { Tenant } from '../directory/tenant';
import { GraphError } from '../graph-error';

/** Who may do something. */
interface Rule {
  /** Application permissions that are enough: each entry is a set of which all are needed. */
  readonly permissions: readonly (readonly string[])[];
  /** What is enough for objects of which the caller is an owner, and for new ones. */
  readonly forOwner?: string;
  /** Directory roles that are enough, whatever the permissions. */
  readonly roles: readonly string[];
}

const READ = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const OWNED_BY = 'Application.ReadWrite.OwnedBy';
const APPLICATION_ROLES = ['Application Administrator', 'Cloud Application Administrator', 'Global Administrator'];
const GRANTING_ROLES = ['Privileged Role Administrator', 'Global Administrator'];
const READING_ROLES = ['Directory Readers', 'Global Reader', ...APPLICATION_ROLES, 'Privileged Role Administrator'];

/**
 * Sources: the permissions table of each method under https://learn.microsoft.com/graph/api, and for the directory roles
 * https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
const rules = {
  readApplications: { permissions: [...READ, OWNED_BY].map((name) => [name]), roles: READING_ROLES },
  writeApplications: {
    permissions: [['Application.ReadWrite.All'], ['Directory.ReadWrite.All']],
    forOwner: OWNED_BY,
    roles: APPLICATION_ROLES,
  },
  // "Application.ReadWrite.OwnedBy will not be sufficient to add another owner": graph/api/application-post-owners.
  addOwners: {
    permissions: [['Application.ReadWrite.All', 'Directory.Read.All'], ['Directory.ReadWrite.All']],
    roles: APPLICATION_ROLES,
  },
  assignAppRoles: {
    permissions: READ.map((name) => ['AppRoleAssignment.ReadWrite.All', name]),
    roles: GRANTING_ROLES,
  },
  readPermissionGrants: {
    permissions: [['Directory.Read.All'], ['DelegatedPermissionGrant.ReadWrite.All'], ['Directory.ReadWrite.All']],
    roles: READING_ROLES,
  },
  grantPermissions: {
    permissions: [['DelegatedPermissionGrant.ReadWrite.All'], ['Directory.ReadWrite.All']],
    roles: [...APPLICATION_ROLES, 'Privileged Role Administrator'],
  },
  readDirectoryRoles: {
    permissions: [
      ['RoleManagement.Read.Directory'],
      ['RoleManagement.Read.All'],
      ['Directory.Read.All'],
      ['RoleManagement.ReadWrite.Directory'],
      ['Directory.ReadWrite.All'],
    ],
    roles: READING_ROLES,
  },
  assignDirectoryRoles: { permissions: [['RoleManagement.ReadWrite.Directory']], roles: GRANTING_ROLES },
} as const satisfies Readonly<Record<string, Rule>>;

export type Privilege = keyof typeof rules;

/** The application that asks. */
export interface Asking {
  readonly objectId: string;
  readonly permissions: readonly string[];
}

/** What came of asking: to do it with any object, or with those only that the caller owns. */
export type Reach = 'all' | 'owned';

/** @throws GraphError 403 where neither permissions nor directory roles of the caller are enough. */
export function reachOf(privilege: Privilege, { objectId, permissions }: Asking, tenant: Tenant): Reach {
  const rule: Rule = rules[privilege];
  const held = rolesOf(tenant, objectId);
  const isEnough = (names: readonly string[]): boolean => names.every((name) => permissions.includes(name));
  if (rule.permissions.some(isEnough) || rule.roles.some((role) => held.includes(role))) return 'all';
  if (rule.forOwner !== undefined && permissions.includes(rule.forOwner)) return 'owned';
  const sufficient = [
    ...rule.permissions.map((names) => names.join(' and ')),
    ...(rule.forOwner ? [rule.forOwner] : []),
  ];
  throw denied(`it needs one of ${sufficient.join(', ')}`);
}

export function denied(reason: string): GraphError {
  return new GraphError(
    403,
    'Authorization_RequestDenied',
    `Insufficient privileges to complete the operation; ${reason}.`,
  );
}

/** Names of the directory roles that a principal has in the whole tenant. */
function rolesOf(tenant: Tenant, principalId: string): string[] {
  return tenant.roleAssignments
    .all()
    .filter((one) => one.principalId === principalId && one.directoryScopeId === '/')
    .flatMap(({ roleDefinitionId }) => directoryRole(roleDefinitionId)?.name ?? []);
}
