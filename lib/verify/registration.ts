import { addressesBeyond } from '../addresses/address-meaning';
import { redirectPlatformIds } from '../addresses/redirect-platforms';
import { shown } from '../words/shown';
import { apis } from '../catalogue/permission-ids';
import { apiName, permissionName } from '../catalogue/permission-names';
import { formatPermission, formatPermissionName } from '../catalogue/permissions';
import type { LineageDeclaration } from '../config/lineages';
import { shortList } from '../words/lists';
import type { SeenApplication } from './application';
import type { ExpectedApplication } from './expected';
import type { Complaint } from './report';

/** More would hide the rest of the message. */
const MOST_NAMED = 5;

/** Redirect URIs, public client flows and requested permissions against the configuration: what is missing, what is foreign. */
export function judgeRegistration(
  declaration: LineageDeclaration,
  expected: ExpectedApplication,
  clientId: string,
  seen: SeenApplication,
): Complaint[] {
  return [
    ...judgeRedirectUris(declaration, expected, seen),
    ...judgePublicClientFlows(declaration, expected, seen),
    ...judgePermissions(declaration, expected, clientId, seen),
  ];
}

function judgeRedirectUris(
  { name, owner }: LineageDeclaration,
  { redirectUris }: ExpectedApplication,
  seen: SeenApplication,
): Complaint[] {
  return redirectPlatformIds.flatMap((platform) => {
    const wanted = platform === 'web' ? [] : redirectUris[platform];
    const present = seen.redirectUris[platform];
    const missing = addressesBeyond(wanted, present);
    const foreign = addressesBeyond(present, wanted);
    return [
      ...missing.map((uri): Complaint => ({
        id: 'redirect-uri-unregistered',
        severity: 'error',
        subject: name,
        message: `the application has no redirect URI ${uri} (${platform})`,
        cure: `run "npx cdktf deploy ${owner}", which registers it`,
      })),
      ...advice(
        'redirect-uri-foreign',
        name,
        foreign.map(shown),
        (uris) => `the application has redirect URIs (${platform}) that the configuration does not name: ${uris}`,
        'remove them in Entra where nobody needs them: each is a place that tokens are sent to',
      ),
    ];
  });
}

function judgePublicClientFlows(
  { name, owner }: LineageDeclaration,
  { publicClientFlows }: ExpectedApplication,
  seen: SeenApplication,
): Complaint[] {
  if (!publicClientFlows || seen.publicClientFlows) return [];
  return [
    {
      id: 'public-client-flows-off',
      severity: 'error',
      subject: name,
      message: 'the application does not allow public client flows, which restores with a device code need',
      cure: `run "npx cdktf deploy ${owner}", which switches them on`,
    },
  ];
}

function judgePermissions(
  { name, owner }: LineageDeclaration,
  { permissions }: ExpectedApplication,
  clientId: string,
  seen: SeenApplication,
): Complaint[] {
  if (permissions === undefined) return [];
  const keyOf = (apiClientId: string, kind: string, id: string): string => `${apiClientId}/${kind}/${id}`;
  const wanted = new Set(permissions.map(({ api, kind, id }) => keyOf(apis[api].clientId, kind, id)));
  const present = new Set(seen.permissions.map(({ apiClientId, kind, id }) => keyOf(apiClientId, kind, id)));
  const missing = permissions.filter(({ api, kind, id }) => !present.has(keyOf(apis[api].clientId, kind, id)));
  const foreign = seen.permissions.filter(
    // An application that asks for its own scope is Restore Portal's.
    ({ apiClientId, kind, id }) => apiClientId !== clientId.toLowerCase() && !wanted.has(keyOf(apiClientId, kind, id)),
  );
  return [
    ...missing.map((permission): Complaint => ({
      id: 'permission-not-requested',
      severity: 'error',
      subject: name,
      message: `the application does not ask for ${formatPermission(permission)}`,
      cure: `run "npx cdktf deploy ${owner}", and grant admin consent`,
    })),
    ...advice(
      'permission-foreign',
      name,
      foreign.map(nameOf),
      (names) => `the application asks for permissions that the configuration does not need: ${names}`,
      'remove them in Entra where nobody needs them: API permissions of the application',
    ),
  ];
}

function nameOf({ apiClientId, id, kind }: SeenApplication['permissions'][number]): string {
  const api = apiName(apiClientId) ?? shown(apiClientId);
  const name = permissionName(apiClientId, kind, id);
  return name === undefined ? `${shown(id)} of ${api}` : formatPermissionName(api, kind, name);
}

function advice(
  id: 'redirect-uri-foreign' | 'permission-foreign',
  subject: string,
  names: readonly string[],
  messageOf: (names: string) => string,
  cure: string,
): Complaint[] {
  if (names.length === 0) return [];
  return [{ id, severity: 'advice', subject, message: messageOf(shortList(names, MOST_NAMED)), cure }];
}
