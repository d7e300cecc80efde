/**
 * Application permissions with which an application makes itself or anybody else an administrator of the tenant, and by what.
 *
 * A judgement. In: what leads there in one step, with what nearly every tenant has. Out: what does so only where something else
 * is there, such as a role behind an access package, a device of an administrator in Intune, or rights in Azure behind a group, and
 * what shuts others out without a gain. `Directory.ReadWrite.All` and `Group.ReadWrite.All` are out for that reason: they neither assign roles nor touch groups
 * to which roles can be assigned, and Veeam needs them to restore.
 *
 * Sources: https://learn.microsoft.com/graph/permissions-reference (its cautions about permissions that grant authorization);
 * https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments;
 * the paths that https://aztier.com records as tier 0, of 2026-08-21.
 */
export const administratorPermissions: Readonly<Record<string, string>> = {
  'AppRoleAssignment.ReadWrite.All': 'grants itself any application permission',
  'Application.ReadUpdate.All': 'adds a credential to an application that has more rights, and signs in as it',
  'Application.ReadWrite.All': 'adds a credential to an application that has more rights, and signs in as it',
  'Domain.ReadWrite.All': 'federates a domain, and signs in as somebody else',
  'Policy.ReadWrite.PermissionGrant': 'lets itself be given any permission without an administrator',
  'PrivilegedAccess.ReadWrite.AzureADGroup': 'adds members to groups that hold directory roles',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'adds members to groups that hold directory roles',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'adds members to groups that hold directory roles',
  'RoleAssignmentSchedule.ReadWrite.Directory': 'assigns any directory role',
  'RoleEligibilitySchedule.ReadWrite.Directory': 'makes anybody eligible for any directory role',
  'RoleManagement.ReadWrite.Directory': 'assigns any directory role',
  'UserAuthMethod-TAP.ReadWrite.All': 'issues an access pass for an administrator',
  'UserAuthenticationMethod.ReadWrite.All': 'issues an access pass for an administrator',
};

/**
 * Directory roles that do the same, by their display names.
 *
 * Sources: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference;
 * the paths that https://aztier.com records as tier 0, of 2026-08-21.
 */
export const administratorRoles: Readonly<Record<string, string>> = {
  'Application Administrator': 'adds a credential to an application that has more rights, and signs in as it',
  'Cloud Application Administrator': 'adds a credential to an application that has more rights, and signs in as it',
  'Domain Name Administrator': 'federates a domain, and signs in as somebody else',
  'External Identity Provider Administrator': 'federates a domain, and signs in as somebody else',
  'Global Administrator': 'has every right',
  'Hybrid Identity Administrator': 'federates a domain, and signs in as somebody else',
  'Partner Tier1 Support': 'adds a credential to an application that has more rights, and signs in as it',
  'Partner Tier2 Support': 'resets the password of an administrator',
  'Privileged Authentication Administrator': 'resets the password of an administrator',
  'Privileged Role Administrator': 'assigns any directory role',
  'Security Administrator': 'federates a domain, and signs in as somebody else',
};

/** Whether whoever holds that application permission is an administrator of the tenant, or can become one. */
export function isAdministratorPermission(name: string): boolean {
  return Object.hasOwn(administratorPermissions, name);
}

/** Whether whoever holds that directory role is an administrator of the tenant, or can become one. */
export function isAdministratorRole(name: string): boolean {
  return Object.hasOwn(administratorRoles, name);
}
