import { type ApiName, apiNames, apis, type PermissionKind } from './permission-ids';
import { exchangeOnlineNames } from './permission-names/exchange-online';
import { microsoftGraphNames } from './permission-names/microsoft-graph';
import { sharePointOnlineNames } from './permission-names/sharepoint-online';

/** A permission that Microsoft names, whether Veeam needs it or not. */
export interface KnownPermission {
  /** `Microsoft Graph` */
  readonly api: string;
  readonly apiClientId: string;
  readonly kind: PermissionKind;
  /** UUID of the app role or of the delegated scope, lower case. */
  readonly id: string;
  /** `Directory.Read.All` */
  readonly name: string;
}

const NAMES: Readonly<Record<ApiName, Readonly<Record<PermissionKind, string>>>> = {
  MicrosoftGraph: microsoftGraphNames,
  ExchangeOnline: exchangeOnlineNames,
  SharePointOnline: sharePointOnlineNames,
};

/**
 * Names of other APIs of Microsoft that applications are often given; their permissions are not known here.
 *
 * Source: merill/microsoft-info, _info/MicrosoftApps.json, of 2026-08-20.
 */
const OTHER_APIS: Readonly<Record<string, string>> = {
  '00000002-0000-0000-c000-000000000000': 'Windows Azure Active Directory',
  '00000004-0000-0ff1-ce00-000000000000': 'Skype for Business Online',
  '00000007-0000-0000-c000-000000000000': 'Dataverse',
  '00000009-0000-0000-c000-000000000000': 'Power BI Service',
  '0000000a-0000-0000-c000-000000000000': 'Microsoft Intune',
  '05a65629-4c1b-48c1-a78b-804c4abdd4af': 'Microsoft Cloud App Security',
  '48ac35b8-9aa8-4d74-927d-1f4a14a0b239': 'Skype and Teams Tenant Admin API',
  '499b84ac-1321-427f-aa17-267ca6975798': 'Azure DevOps',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013': 'Azure Resource Manager',
  '8ee8fdad-f234-4243-8f3b-15c294843740': 'Microsoft Threat Protection',
  'c5393580-f805-4401-95e8-94b7a6ef2fc2': 'Office 365 Management APIs',
  'cfa8b339-82a2-471a-a3c9-0fc0be7a4093': 'Azure Key Vault',
  'e406a681-f3d4-42a8-90b6-c2b029497af1': 'Azure Storage',
  'fc780465-2017-40d4-a0c5-307022471b92': 'WindowsDefenderATP',
};

/** Every permission of Microsoft Graph, Exchange Online and SharePoint Online that is known by name. */
export const knownPermissions: readonly KnownPermission[] = apiNames.flatMap((api) =>
  (['application', 'delegated'] as const).flatMap((kind) =>
    NAMES[api][kind]
      .trim()
      .split('\n')
      .map((line) => {
        const [id = '', name = ''] = line.split(' ');
        return { api: apis[api].name, apiClientId: apis[api].clientId, kind, id, name };
      }),
  ),
);

/** The name of a permission by its id: undefined where nobody told us. */
export function permissionName(apiClientId: string, kind: PermissionKind, id: string): string | undefined {
  return byKey.get(keyOf(apiClientId, kind, id))?.name;
}

/** The permissions that have that id, on whichever API: `User.Read.All` has the same one on two. */
export function permissionsOfId(kind: PermissionKind, id: string): KnownPermission[] {
  return apiNames.flatMap((api) => byKey.get(keyOf(apis[api].clientId, kind, id)) ?? []);
}

/** The name of an API of Microsoft by its client id, which is the same in every tenant. */
export function apiName(clientId: string): string | undefined {
  const id = clientId.toLowerCase();
  const known = Object.values(apis).find((api) => api.clientId === id);
  return known?.name ?? (Object.hasOwn(OTHER_APIS, id) ? OTHER_APIS[id] : undefined);
}

const byKey: ReadonlyMap<string, KnownPermission> = new Map(
  knownPermissions.map((permission) => [keyOf(permission.apiClientId, permission.kind, permission.id), permission]),
);

/** UUIDs are the same in capitals. */
function keyOf(apiClientId: string, kind: PermissionKind, id: string): string {
  return `${apiClientId}/${kind}/${id}`.toLowerCase();
}
