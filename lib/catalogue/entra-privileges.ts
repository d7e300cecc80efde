/** What Terraform does in a tenant, and what Entra asks of whoever does it. */
export interface EntraPrivilege {
  /** `creates, changes and deletes the applications that it owns` */
  readonly purpose: string;
  /** Application permissions of Microsoft Graph: all of them, the least that are enough. */
  readonly permissions: readonly string[];
  /** The directory role that is enough for a person who signs in instead. */
  readonly directoryRole: string;
  /** Pages of Microsoft and of the provider. */
  readonly sources: readonly string[];
}

const GRAPH = 'https://learn.microsoft.com/graph/api';
const PROVIDER = 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs';

/**
 * The least privileges for each thing that the stacks of this library do; the end-to-end tests try each of them.
 *
 * Sources of the directory roles: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const entraPrivileges = {
  'read-applications': {
    purpose: 'reads applications, service principals and their owners',
    permissions: ['Application.Read.All'],
    directoryRole: 'Directory Readers',
    sources: [
      `${GRAPH}/application-get`,
      `${GRAPH}/serviceprincipal-list`,
      `${PROVIDER}/data-sources/service_principal`,
    ],
  },
  'read-delegated-grants': {
    purpose: 'reads which delegated permissions are granted',
    permissions: ['Directory.Read.All'],
    directoryRole: 'Directory Readers',
    sources: [`${GRAPH}/oauth2permissiongrant-get`],
  },
  'read-directory-roles': {
    purpose: 'reads which directory roles are assigned',
    permissions: ['RoleManagement.Read.Directory'],
    directoryRole: 'Directory Readers',
    sources: [`${GRAPH}/unifiedroleassignment-get`],
  },
  'manage-owned': {
    purpose: 'creates the applications, changes and deletes them as their owner',
    permissions: ['Application.ReadWrite.OwnedBy'],
    directoryRole: 'Cloud Application Administrator',
    sources: [
      `${GRAPH}/application-post-applications`,
      `${PROVIDER}/resources/application`,
      `${PROVIDER}/resources/service_principal`,
    ],
  },
  'manage-any': {
    purpose: 'changes applications without being their owner',
    permissions: ['Application.ReadWrite.All'],
    directoryRole: 'Cloud Application Administrator',
    sources: [`${GRAPH}/application-update`, `${PROVIDER}/resources/application_certificate`],
  },
  'add-owner': {
    purpose: 'makes deployIdentity owner of applications that are there without it',
    permissions: ['Application.ReadWrite.All', 'Directory.Read.All'],
    directoryRole: 'Cloud Application Administrator',
    sources: [`${GRAPH}/application-post-owners`, `${PROVIDER}/resources/application_owner`],
  },
  'grant-application-permissions': {
    purpose: 'grants application permissions',
    permissions: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
    directoryRole: 'Privileged Role Administrator',
    sources: [`${GRAPH}/serviceprincipal-post-approleassignedto`, `${PROVIDER}/resources/app_role_assignment`],
  },
  'grant-delegated-permissions': {
    purpose: 'grants delegated permissions',
    permissions: ['DelegatedPermissionGrant.ReadWrite.All', 'Application.Read.All'],
    directoryRole: 'Cloud Application Administrator',
    sources: [`${GRAPH}/oauth2permissiongrant-post`, `${GRAPH}/serviceprincipal-get`],
  },
  'assign-directory-roles': {
    purpose: 'assigns directory roles',
    permissions: ['RoleManagement.ReadWrite.Directory'],
    directoryRole: 'Privileged Role Administrator',
    sources: [`${GRAPH}/rbacapplication-post-roleassignments`],
  },
} as const satisfies Readonly<Record<string, EntraPrivilege>>;

export type EntraPrivilegeId = keyof typeof entraPrivileges;

/** The three identities of the pipelines. */
export type PipelineIdentity = 'plan' | 'deploy' | 'consent';

/** What each identity of the pipelines may have to do, as their table lists it; which of it a stack needs is told by stack. */
export const pipelinePrivileges: Readonly<Record<PipelineIdentity, readonly EntraPrivilegeId[]>> = {
  plan: ['read-applications', 'read-delegated-grants', 'read-directory-roles'],
  deploy: ['read-applications', 'manage-owned', 'manage-any', 'add-owner'],
  consent: [
    'read-applications',
    'grant-application-permissions',
    'grant-delegated-permissions',
    'assign-directory-roles',
  ],
};
