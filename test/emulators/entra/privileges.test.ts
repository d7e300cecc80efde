import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { apis, directoryRoles, permissionIds } from '../../../lib/catalogue/permission-ids';
import { contoso, fabrikam, type Graph, graphAs } from './client';

const APPLICATION_ADMINISTRATOR = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3';
const GLOBAL_READER = directoryRoles['Global Reader'];

let emulator: EntraEmulator;

beforeAll(async () => {
  emulator = await startEntraEmulator();
});

afterAll(() => emulator.close());

async function caller(
  permissions: readonly string[],
  directoryRoleIds: readonly string[] = [],
): Promise<{ readonly graph: Graph; readonly objectId: string }> {
  const added = emulator.directory.addCaller(contoso, { permissions, directoryRoleIds });
  return { graph: await graphAs(emulator, contoso, added), objectId: added.objectId };
}

/** An application of somebody else. */
function foreign(): { readonly id: string; readonly appId: string } {
  return emulator.directory.addApplication(contoso, { displayName: 'of somebody else' });
}

describe('Application.ReadWrite.OwnedBy', () => {
  it('creates, changes and deletes what it owns', async () => {
    const { graph, objectId } = await caller(['Application.ReadWrite.OwnedBy']);
    const { body } = await graph('POST', '/applications', { displayName: 'own' });
    const path = `/applications/${String(body.id)}`;
    expect((await graph('GET', `${path}/owners`)).body.value).toMatchObject([{ id: objectId }]);
    expect((await graph('PATCH', path, { notes: 'changed' })).status).toBe(204);
    const principal = await graph('POST', '/servicePrincipals', { appId: body.appId });
    expect(principal.status).toBe(201);
    expect((await graph('DELETE', `/servicePrincipals/${String(principal.body.id)}`)).status).toBe(204);
    expect((await graph('DELETE', path)).status).toBe(204);
  });

  it('changes nothing any more once it is taken off the owners', async () => {
    const { graph, objectId } = await caller(['Application.ReadWrite.OwnedBy']);
    const { body } = await graph('POST', '/applications', { displayName: 'own' });
    const path = `/applications/${String(body.id)}`;
    expect((await graph('DELETE', `${path}/owners/${objectId}/$ref`)).status).toBe(204);
    expect((await graph('GET', path)).status).toBe(200);
    expect((await graph('PATCH', path, { notes: 'changed' })).status).toBe(403);
    expect((await graph('POST', '/servicePrincipals', { appId: body.appId })).status).toBe(403);
    expect((await graph('DELETE', path)).status).toBe(403);
  });

  it('adds no owner, not even to what it owns', async () => {
    const { graph } = await caller(['Application.ReadWrite.OwnedBy', 'Directory.Read.All']);
    const { body } = await graph('POST', '/applications', { displayName: 'own' });
    const reference = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${contoso}` };
    expect((await graph('POST', `/applications/${String(body.id)}/owners/$ref`, reference)).status).toBe(403);
  });

  it('reads what it does not own, and changes nothing of it', async () => {
    const { graph } = await caller(['Application.ReadWrite.OwnedBy']);
    const { id, appId } = foreign();
    expect((await graph('GET', `/applications/${id}`)).status).toBe(200);
    expect((await graph('PATCH', `/applications/${id}`, { notes: 'changed' })).status).toBe(403);
    expect((await graph('POST', '/servicePrincipals', { appId })).status).toBe(403);
  });

  it('makes no service principal of an application of another tenant', async () => {
    const { graph } = await caller(['Application.ReadWrite.OwnedBy']);
    const { appId } = emulator.directory.addApplication(fabrikam, {
      displayName: 'everywhere',
      signInAudience: 'AzureADMultipleOrgs',
    });
    expect((await graph('POST', '/servicePrincipals', { appId })).status).toBe(403);
  });
});

describe('permissions of Microsoft Graph', () => {
  it.each([
    [['Application.Read.All'], 403],
    [['Application.ReadWrite.All'], 403],
    [['Application.ReadWrite.All', 'Directory.Read.All'], 204],
  ])('%j adding an owner: %d', async (permissions, status) => {
    const { graph, objectId } = await caller(permissions);
    const reference = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${objectId}` };
    expect((await graph('POST', `/applications/${foreign().id}/owners/$ref`, reference)).status).toBe(status);
  });

  it.each([
    [['AppRoleAssignment.ReadWrite.All'], 403],
    [['Application.ReadWrite.All'], 403],
    [['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'], 201],
  ])('%j granting an application permission: %d', async (permissions, status) => {
    const { graph } = await caller(permissions);
    const principal = emulator.directory.addServicePrincipal(contoso, foreign().appId);
    const resource = emulator.directory.tenant(contoso).servicePrincipalOf(apis.MicrosoftGraph.clientId)?.id ?? '';
    const answer = await graph('POST', `/servicePrincipals/${resource}/appRoleAssignedTo`, {
      principalId: principal.id,
      resourceId: resource,
      appRoleId: permissionIds.application.MicrosoftGraph['Directory.Read.All'],
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    ['/oauth2PermissionGrants', ['Application.Read.All'], 403],
    ['/oauth2PermissionGrants', ['DelegatedPermissionGrant.ReadWrite.All'], 200],
    ['/oauth2PermissionGrants', ['Directory.Read.All'], 200],
    ['/roleManagement/directory/roleAssignments', ['Application.Read.All'], 403],
    ['/roleManagement/directory/roleAssignments', ['RoleManagement.Read.Directory'], 200],
    ['/roleManagement/directory/roleAssignments', ['RoleManagement.ReadWrite.Directory'], 200],
    ['/applications', [], 403],
  ])('reading %s with %j: %d', async (path, permissions, status) => {
    const { graph } = await caller(permissions);
    expect((await graph('GET', path)).status).toBe(status);
  });
});

describe('directory roles', () => {
  it('are enough without any permission, each for its own', async () => {
    const administrator = await caller([], [APPLICATION_ADMINISTRATOR]);
    const reader = await caller([], [GLOBAL_READER]);
    const { id } = foreign();
    expect((await administrator.graph('PATCH', `/applications/${id}`, { notes: 'changed' })).status).toBe(204);
    expect((await administrator.graph('POST', '/roleManagement/directory/roleAssignments', {})).status).toBe(403);
    expect((await reader.graph('GET', `/applications/${id}`)).status).toBe(200);
    expect((await reader.graph('PATCH', `/applications/${id}`, { notes: 'changed' })).status).toBe(403);
  });
});

describe('a caller', () => {
  it('is the same application in every tenant, with rights of its own in each', async () => {
    const { clientId } = emulator.directory.addCaller(contoso, { permissions: ['Application.Read.All'] });
    const elsewhere = emulator.directory.addCaller(fabrikam, { clientId, permissions: [] });
    expect(elsewhere.clientId).toBe(clientId);
    const graph = await graphAs(emulator, fabrikam, elsewhere);
    expect((await graph('GET', '/applications')).status).toBe(403);
  });

  it('cannot be given a permission that Microsoft Graph does not have', () => {
    expect(() => emulator.directory.addCaller(contoso, { permissions: ['Application.Everything'] })).toThrow(
      'Application.Everything',
    );
  });
});
