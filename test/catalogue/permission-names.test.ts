import fc from 'fast-check';
import { validate } from 'uuid';
import { apiNames, apis, permissionIds } from '../../lib/catalogue/permission-ids';
import { apiName, knownPermissions, permissionName, permissionsOfId } from '../../lib/catalogue/permission-names';

const GRAPH = apis.MicrosoftGraph.clientId;
const EXCHANGE = apis.ExchangeOnline.clientId;
const SHAREPOINT = apis.SharePointOnline.clientId;

describe('the names of permissions', () => {
  it.each([
    [GRAPH, 'application', '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', 'RoleManagement.ReadWrite.Directory'],
    [GRAPH, 'application', '06b708a9-e830-4db3-a914-8e69da51d44f', 'AppRoleAssignment.ReadWrite.All'],
    [GRAPH, 'application', '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', 'Application.ReadWrite.All'],
    [GRAPH, 'delegated', 'd01b97e9-cbc0-49fe-810a-750afd5527a3', 'RoleManagement.ReadWrite.Directory'],
    [GRAPH, 'delegated', 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', 'User.Read'],
    [EXCHANGE, 'application', '5e5addcd-3e8d-4e90-baf5-964efab2b20a', 'IMAP.AccessAsApp'],
    [EXCHANGE, 'delegated', '76faac2a-0f20-42f1-928a-50de5b9dbe52', 'SMTP.Send'],
    [SHAREPOINT, 'application', 'fbcd29d2-fcca-4405-aded-518d457caae4', 'Sites.ReadWrite.All'],
    [SHAREPOINT, 'delegated', '640ddd16-e5b7-4d71-9690-3f4022699ee7', 'AllSites.Write'],
  ] as const)('on %s, %s: %s is %s', (apiClientId, kind, id, name) => {
    expect(permissionName(apiClientId, kind, id)).toBe(name);
    expect(permissionName(apiClientId.toUpperCase(), kind, id.toUpperCase())).toBe(name);
  });

  it('agree with the ids that Veeam needs', () => {
    for (const kind of ['application', 'delegated'] as const) {
      for (const api of apiNames) {
        for (const [name, id] of Object.entries(permissionIds[kind][api])) {
          expect([name, permissionName(apis[api].clientId, kind, id)]).toEqual([name, name]);
        }
      }
    }
  });

  it('are of one permission each, in one order', () => {
    const keys = knownPermissions.map(({ apiClientId, id, kind }) => `${apiClientId}/${kind}/${id}`);
    const rows = knownPermissions.map(({ api, id, kind, name }) => [apiRank(api), kind, name, id].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
    expect([...rows].sort()).toEqual(rows);
  });

  it('are words without spaces, and the ids are UUIDs in small letters', () => {
    for (const { id, name } of knownPermissions) {
      expect([id, validate(id), id.toLowerCase()]).toEqual([id, true, id]);
      expect(name).toMatch(/^[\w.-]+$/);
    }
  });

  it('are found by API, kind and id, and by nothing less', () => {
    fc.assert(
      fc.property(fc.constantFrom(...knownPermissions), (permission) => {
        const { api, apiClientId, id, kind, name } = permission;
        expect(permissionName(apiClientId, kind, id)).toBe(name);
        expect(apiName(apiClientId)).toBe(api);
        expect(permissionsOfId(kind, id)).toContain(permission);
        expect(permissionName('another API', kind, id)).toBeUndefined();
      }),
    );
  });

  it('leave open which API is meant where several have the id', () => {
    const found = permissionsOfId('application', permissionIds.application.MicrosoftGraph['User.Read.All']);
    expect(found.map(({ api }) => api)).toEqual(['Microsoft Graph', 'SharePoint']);
    expect(permissionsOfId('delegated', 'toString')).toEqual([]);
  });

  it('do not tell what an unknown id is', () => {
    expect(permissionName(GRAPH, 'application', '00000000-0000-0000-0000-00000000beef')).toBeUndefined();
    expect(permissionName(GRAPH, 'delegated', '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8')).toBeUndefined();
  });
});

describe('the names of APIs', () => {
  it('are those of Entra, for others than Veeam needs as well', () => {
    expect(apiName(GRAPH.toUpperCase())).toBe('Microsoft Graph');
    expect(apiName('797f4846-ba00-4fd7-ba43-dac1f8f63013')).toBe('Azure Resource Manager');
  });

  it.each(['', 'toString', '00000000-0000-0000-0000-00000000beef'])('are not known of %j', (clientId) => {
    expect(apiName(clientId)).toBeUndefined();
  });
});

function apiRank(api: string): number {
  return apiNames.findIndex((name) => apis[name].name === api);
}
