import { apiNames, apis } from '../../catalogue/permission-ids';
import { Vb365Error } from '../../errors';
import { type JsonObject, textOf } from '../../plan/json-values';
import { type Graph, quoted } from '../graph';

/** What Entra has granted to an application in a tenant, as far as somebody may read it. */
export interface SeenGrants {
  /** Ids or names of application permissions, in lower case, by the client id of their API; none of an API that is not read. */
  readonly application: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of delegated permissions granted for everybody, in lower case, by the client id of their API. */
  readonly delegated: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** Template ids of directory roles over the whole tenant. */
  readonly directoryRoles: ReadonlySet<string> | undefined;
}

export const NOTHING_READ: SeenGrants = { application: new Map(), delegated: undefined, directoryRoles: undefined };

const API_CLIENT_IDS = apiNames.map((api) => apis[api].clientId);

/**
 * Reads the app roles, the delegated grants and the directory roles of the service principal, each where the account may.
 *
 * @throws Vb365Error `verify-unreachable`
 */
export async function readGrants(graph: Graph, clientId: string): Promise<SeenGrants> {
  const wanted = [clientId, ...API_CLIENT_IDS].map(quoted).join(',');
  const principals = await ifAllowed(
    graph.list(`/servicePrincipals?$filter=appId%20in%20(${wanted})&$select=id,appId`),
  );
  if (principals === undefined) return NOTHING_READ;
  const clientIds = new Map(principals.map((one) => [textIn(one, 'id'), textIn(one, 'appId')]));
  const [own] = [...clientIds].find(([, appId]) => appId === clientId.toLowerCase()) ?? [];
  // Without a service principal, there is nothing that anything could be granted to.
  const listOfOwn = (path: (id: string) => string): Promise<readonly JsonObject[] | undefined> =>
    own === undefined ? Promise.resolve([]) : ifAllowed(graph.list(path(own)));
  const assignments = await listOfOwn((id) => `/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignments`);
  const grants = await listOfOwn((id) => `/oauth2PermissionGrants?$filter=clientId%20eq%20${quoted(id)}`);
  const roles = await listOfOwn(
    (id) => `/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20${quoted(id)}`,
  );
  return {
    application:
      assignments === undefined
        ? new Map()
        : byApi(assignments, clientIds, API_CLIENT_IDS, (one) => [textIn(one, 'appRoleId')]),
    // What a single person has consented to counts for that person.
    delegated:
      grants &&
      byApi(
        grants.filter(({ consentType }) => consentType === 'AllPrincipals'),
        clientIds,
        [],
        (one) => textIn(one, 'scope').split(/\s+/),
      ),
    directoryRoles:
      roles &&
      new Set(
        roles.filter(({ directoryScopeId }) => directoryScopeId === '/').map((one) => textIn(one, 'roleDefinitionId')),
      ),
  };
}

/** What one account has read, and another one where the first may not. */
export function joinGrants(first: SeenGrants, second: SeenGrants): SeenGrants {
  return {
    application: new Map([...second.application, ...first.application]),
    delegated: first.delegated ?? second.delegated,
    directoryRoles: first.directoryRoles ?? second.directoryRoles,
  };
}

/** @param apiIds of which it is known that nothing else is granted */
function byApi(
  grants: readonly JsonObject[],
  clientIds: ReadonlyMap<string, string>,
  apiIds: readonly string[],
  namesOf: (grant: JsonObject) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map(apiIds.map((apiId): [string, Set<string>] => [apiId, new Set()]));
  for (const grant of grants) {
    const apiId = clientIds.get(textIn(grant, 'resourceId')) ?? '';
    found.set(apiId, new Set([...(found.get(apiId) ?? []), ...namesOf(grant)]));
  }
  return found;
}

function textIn(object: JsonObject, name: string): string {
  return textOf(object[name])?.toLowerCase() ?? '';
}

/** @returns undefined where the account may not read it */
async function ifAllowed<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Vb365Error && error.code === 'graph-refused') return undefined;
    throw error;
  }
}
