import { type ApiName, apis, type PermissionKind, permissionIds } from '../../../lib/catalogue/permission-ids';
import { type Application, applicationSchema } from './objects';
import { newApplication } from './new-application';

/** The tenant in which Microsoft registers its own applications. */
export const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** The identity of a pipeline: it exists in every tenant, and nothing is secret about it. */
export const PIPELINE_CLIENT_ID = '00000000-0000-4000-8000-00000000c1c1';
export const PIPELINE_CLIENT_SECRET = 'emulator';

/**
 * What pipelines that apply stacks need on Microsoft Graph.
 *
 * Source: https://learn.microsoft.com/graph/permissions-reference
 */
const PIPELINE_ROLE_IDS = {
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
  'DelegatedPermissionGrant.ReadWrite.All': '8e8e4742-1d95-4f68-9d56-6ee75648c72a',
  'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
} as const;

/** What the built-in pipeline is granted on Microsoft Graph. */
export const PIPELINE_ROLES: readonly string[] = [...Object.keys(PIPELINE_ROLE_IDS), 'Directory.Read.All'];

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
  const isOfPipelines = kind === 'application' && api === 'MicrosoftGraph';
  return Object.entries({ ...permissionIds[kind][api], ...(isOfPipelines && PIPELINE_ROLE_IDS) });
}
