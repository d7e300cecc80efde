import { type ApiName, apis, type PermissionKind, permissionIds } from '../../../lib/catalogue/permission-ids';
import { knownPermissions } from '../../../lib/catalogue/permission-names';
import { type Application, applicationSchema } from './objects';
import { newApplication } from './new-application';

/** The tenant in which Microsoft registers its own applications. */
export const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** The identity of a pipeline: it exists in every tenant, and nothing is secret about it. */
export const PIPELINE_CLIENT_ID = '00000000-0000-4000-8000-00000000c1c1';
export const PIPELINE_CLIENT_SECRET = 'emulator';

/** Permissions on Microsoft Graph that identities of pipelines are granted, beside those that the applications ask for. */
const PIPELINE_PERMISSIONS = [
  'AppRoleAssignment.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'DelegatedPermissionGrant.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
];

/** What the built-in pipeline is granted on Microsoft Graph. */
export const PIPELINE_ROLES: readonly string[] = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
];

/** Names by which tokens are asked for, beside the client id. */
const API_NAMES: Readonly<Record<ApiName, readonly string[]>> = {
  MicrosoftGraph: [
    'https://graph.microsoft.com',
    'https://graph.microsoft.us',
    'https://dod-graph.microsoft.us',
    'https://microsoftgraph.chinacloudapi.cn',
  ],
  ExchangeOnline: ['https://outlook.office365.com', 'https://outlook.office.com', 'https://ps.outlook.com'],
  SharePointOnline: ['https://microsoft.sharepoint-df.com'],
};

/** Applications that have a service principal in every tenant from the start: the three APIs and the pipeline. */
export function builtInApplications(at: Date): Application[] {
  const apiNames: readonly ApiName[] = ['MicrosoftGraph', 'ExchangeOnline', 'SharePointOnline'];
  return [...apiNames.map((api) => apiApplication(api, at)), pipelineApplication(at)];
}

function apiApplication(api: ApiName, at: Date): Application {
  const { clientId, name } = apis[api];
  return applicationSchema.parse({
    ...newApplication({ id: clientId, appId: clientId, at }),
    displayName: name,
    signInAudience: 'AzureADMultipleOrgs',
    identifierUris: API_NAMES[api],
    appRoles: permissionsOf('application', api).map(([value, id]) => ({
      id,
      value,
      isEnabled: true,
      allowedMemberTypes: ['Application'],
      displayName: value,
      description: value,
    })),
    api: {
      oauth2PermissionScopes: permissionsOf('delegated', api).map(([value, id]) => ({
        id,
        value,
        isEnabled: true,
        type: 'User',
        adminConsentDisplayName: value,
        adminConsentDescription: value,
        userConsentDisplayName: value,
        userConsentDescription: value,
      })),
    },
  });
}

function pipelineApplication(at: Date): Application {
  return applicationSchema.parse({
    ...newApplication({ id: PIPELINE_CLIENT_ID, appId: PIPELINE_CLIENT_ID, at }),
    displayName: 'Pipeline',
    signInAudience: 'AzureADMultipleOrgs',
    passwordCredentials: [{ keyId: PIPELINE_CLIENT_ID, secretText: PIPELINE_CLIENT_SECRET }],
  });
}

function permissionsOf(kind: PermissionKind, api: ApiName): [string, string][] {
  const ofApplications = Object.entries(permissionIds[kind][api]);
  if (kind !== 'application' || api !== 'MicrosoftGraph') return ofApplications;
  const ofPipelines = knownPermissions.filter(
    (one) => one.kind === kind && one.apiClientId === apis[api].clientId && PIPELINE_PERMISSIONS.includes(one.name),
  );
  return [...ofApplications, ...ofPipelines.map(({ id, name }): [string, string] => [name, id])];
}
