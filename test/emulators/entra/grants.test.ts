import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { type ApiName, apis, directoryRoles, permissionIds } from '../../../lib/catalogue/permission-ids';
import { type Answer, contoso, fabrikam, type Graph, graphOf } from './client';

const readDirectory = permissionIds.application.MicrosoftGraph['Directory.Read.All'];

let emulator: EntraEmulator;
let graph: Graph;
let resourceId: string;

beforeAll(async () => {
  emulator = await startEntraEmulator();
  graph = await graphOf(emulator, contoso);
  resourceId = emulator.directory.tenant(contoso).servicePrincipalOf(apis.MicrosoftGraph.clientId)!.id;
});

afterAll(() => emulator.close());

function newPrincipal(): string {
  const { appId } = emulator.directory.addApplication(contoso, { displayName: 'VB365 contoso' });
  return emulator.directory.addServicePrincipal(contoso, appId).id;
}

function codeOf({ body }: Answer): unknown {
  return (body.error as { code: unknown } | undefined)?.code;
}

describe('service principals on Microsoft Graph', () => {
  it.each<[ApiName]>([['MicrosoftGraph'], ['ExchangeOnline'], ['SharePointOnline']])(
    'has %s in every tenant, with the permissions of the catalogue',
    async (api) => {
      const query = new URLSearchParams({ $filter: `appId eq '${apis[api].clientId}'` });
      const { body } = await graph('GET', `/servicePrincipals?${query.toString()}`);
      const [found] = body.value as { appRoles: { id: string }[]; oauth2PermissionScopes: { id: string }[] }[];
      expect(found?.appRoles.map(({ id }) => id)).toEqual(
        expect.arrayContaining(Object.values(permissionIds.application[api])),
      );
      expect(found?.oauth2PermissionScopes.map(({ id }) => id)).toEqual(Object.values(permissionIds.delegated[api]));
    },
  );

  it('shows what it takes from its application, as it is now', async () => {
    const { id, appId } = emulator.directory.addApplication(contoso, { displayName: 'before' });
    const { body } = await graph('POST', '/servicePrincipals', { appId, notes: 'kept' });
    await graph('PATCH', `/applications/${id}`, { displayName: 'after', identifierUris: [`api://${appId}`] });
    expect((await graph('GET', `/servicePrincipals/${String(body.id)}`)).body).toMatchObject({
      appId,
      displayName: 'after',
      notes: 'kept',
      accountEnabled: true,
      appOwnerOrganizationId: contoso,
      servicePrincipalNames: [appId, `api://${appId}`],
    });
  });

  it('refuses a second one of the same application', async () => {
    const { appId } = emulator.directory.addApplication(contoso, { displayName: 'twice' });
    expect((await graph('POST', '/servicePrincipals', { appId })).status).toBe(201);
    expect((await graph('POST', '/servicePrincipals', { appId })).status).toBe(409);
  });

  it('refuses one of an application that nobody has registered', async () => {
    const answer = await graph('POST', '/servicePrincipals', { appId: '99999999-9999-4999-8999-999999999999' });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'NoBackingApplicationObject']);
  });

  it.each([
    ['AzureADMyOrg', 400],
    ['AzureADMultipleOrgs', 201],
  ])('answers another tenant that wants to use an application of %s with %d', async (signInAudience, status) => {
    const { appId } = emulator.directory.addApplication(contoso, { displayName: 'portal', signInAudience });
    const other = await graphOf(emulator, fabrikam);
    const answer = await other('POST', '/servicePrincipals', { appId });
    expect(answer.status).toBe(status);
    if (status === 201) expect(answer.body).toMatchObject({ appOwnerOrganizationId: contoso, displayName: 'portal' });
  });
});

describe('application permissions', () => {
  it('can be granted, are seen from both ends, and can be revoked', async () => {
    const principalId = newPrincipal();
    const grant = { principalId, resourceId, appRoleId: readDirectory };
    const { status, body } = await graph('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant);
    expect(status).toBe(201);
    expect(body).toMatchObject({ principalDisplayName: 'VB365 contoso', resourceDisplayName: 'Microsoft Graph' });
    const seen = await graph('GET', `/servicePrincipals/${principalId}/appRoleAssignments`);
    expect(seen.body.value).toEqual([body]);
    const path = `/servicePrincipals/${resourceId}/appRoleAssignedTo/${String(body.id)}`;
    expect((await graph('GET', path)).body).toEqual(body);
    expect((await graph('DELETE', path)).status).toBe(204);
    expect((await graph('GET', path)).status).toBe(404);
  });

  it('are refused twice, in the words that the provider looks for', async () => {
    const grant = { principalId: newPrincipal(), resourceId, appRoleId: readDirectory };
    await graph('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant);
    expect(await graph('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant)).toMatchObject({
      status: 400,
      body: { error: { message: 'Permission being assigned already exists on the object' } },
    });
  });

  it('are refused where the API has no such role', async () => {
    const appRoleId = permissionIds.application.ExchangeOnline.full_access_as_app;
    const grant = { principalId: newPrincipal(), resourceId, appRoleId };
    expect((await graph('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant)).status).toBe(400);
  });

  it('are refused where there is no such principal', async () => {
    const grant = { principalId: fabrikam, resourceId, appRoleId: readDirectory };
    expect((await graph('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant)).status).toBe(404);
  });
});

describe('delegated permissions', () => {
  it('are one grant for each API, which can be changed', async () => {
    const clientId = newPrincipal();
    const grant = { clientId, resourceId, consentType: 'AllPrincipals', scope: 'User.Read' };
    const { status, body } = await graph('POST', '/oauth2PermissionGrants', grant);
    expect(status).toBe(201);
    expect((await graph('POST', '/oauth2PermissionGrants', { ...grant, scope: 'openid' })).status).toBe(409);
    const path = `/oauth2PermissionGrants/${String(body.id)}`;
    expect((await graph('PATCH', path, { scope: 'User.Read openid' })).status).toBe(204);
    expect((await graph('GET', path)).body).toEqual({ ...body, scope: 'User.Read openid' });
    expect((await graph('DELETE', path)).status).toBe(204);
    expect((await graph('POST', '/oauth2PermissionGrants', grant)).status).toBe(201);
  });

  it('are refused for a person who is not named', async () => {
    const grant = { clientId: newPrincipal(), resourceId, consentType: 'Principal', scope: 'User.Read' };
    expect((await graph('POST', '/oauth2PermissionGrants', grant)).status).toBe(400);
  });
});

describe('directory roles', () => {
  const path = '/roleManagement/directory/roleAssignments';
  const roleDefinitionId = directoryRoles['Global Reader'];

  it('can be given by template id, once', async () => {
    const assignment = { principalId: newPrincipal(), roleDefinitionId, directoryScopeId: '/' };
    const { status, body } = await graph('POST', path, assignment);
    expect(status).toBe(201);
    expect((await graph('GET', `${path}/${String(body.id)}`)).body).toMatchObject(assignment);
    expect((await graph('POST', path, assignment)).status).toBe(400);
    expect((await graph('DELETE', `${path}/${String(body.id)}`)).status).toBe(204);
    expect((await graph('POST', path, assignment)).status).toBe(201);
  });

  it('are refused where there is no such role', async () => {
    const assignment = { principalId: newPrincipal(), roleDefinitionId: fabrikam };
    expect((await graph('POST', path, assignment)).status).toBe(404);
  });
});

describe('deleting a service principal', () => {
  it('revokes everything that it was granted', async () => {
    const principalId = newPrincipal();
    const { directory } = emulator;
    directory.addAppRoleAssignment(contoso, { principalId, resourceId, appRoleId: readDirectory });
    directory.addPermissionGrant(contoso, { clientId: principalId, resourceId, scope: 'User.Read' });
    directory.addRoleAssignment(contoso, { principalId, roleDefinitionId: directoryRoles['Global Reader'] });
    expect((await graph('DELETE', `/servicePrincipals/${principalId}`)).status).toBe(204);
    expect(
      JSON.stringify({ ...directory.tenant(contoso).toState(), deletedServicePrincipals: [], owners: {} }),
    ).not.toContain(principalId);
  });
});

describe('directory objects', () => {
  it('are found by id, whatever their kind; unknown ones are left out', async () => {
    const { id } = emulator.directory.addApplication(contoso, { displayName: 'found' });
    const { body } = await graph('POST', '/directoryObjects/getByIds', { ids: [resourceId, fabrikam, id] });
    expect(body.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.servicePrincipal', id: resourceId },
      { '@odata.type': '#microsoft.graph.application', id },
    ]);
  });
});
