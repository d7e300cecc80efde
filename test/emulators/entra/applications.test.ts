import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { contoso, type Graph, graphOf, send } from './client';

let emulator: EntraEmulator;
let graph: Graph;

beforeAll(async () => {
  emulator = await startEntraEmulator();
  graph = await graphOf(emulator, contoso);
});

afterAll(() => emulator.close());

async function create(properties: object = {}): Promise<string> {
  const { body } = await graph('POST', '/applications', { displayName: 'VB365 contoso', ...properties });
  return String(body.id);
}

describe('applications on Microsoft Graph', () => {
  it('answers a creation with 201 and everything that Graph fills in', async () => {
    const answer = await graph('POST', '/applications', { displayName: 'VB365 contoso' });
    expect(answer.status).toBe(201);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body).toMatchObject({
      displayName: 'VB365 contoso',
      signInAudience: 'AzureADMyOrg',
      spa: { redirectUris: [] },
      keyCredentials: [],
    });
    expect(answer.body.id).not.toBe(answer.body.appId);
  });

  it('merges objects and replaces lists of a PATCH', async () => {
    const id = await create({ web: { logoutUrl: 'https://portal.example.com/out' }, tags: ['a', 'b'] });
    const patch = { web: { redirectUris: ['https://portal.example.com/'] }, tags: ['c'] };
    expect((await graph('PATCH', `/applications/${id}`, patch)).status).toBe(204);
    expect((await graph('GET', `/applications/${id}`)).body).toMatchObject({
      displayName: 'VB365 contoso',
      web: { logoutUrl: 'https://portal.example.com/out', redirectUris: ['https://portal.example.com/'] },
      tags: ['c'],
    });
  });

  it('keeps its ids whatever a PATCH says', async () => {
    const id = await create();
    await graph('PATCH', `/applications/${id}`, { id: contoso, appId: contoso, notes: 'changed' });
    const { body } = await graph('GET', `/applications/${id}`);
    expect(body).toMatchObject({ id, notes: 'changed' });
    expect(body.appId).not.toBe(contoso);
  });

  it.each([
    ["appId eq '{appId}'", 1],
    ["displayName eq 'Filter me' and appId eq '{appId}'", 1],
    ["displayName eq 'Filter me'", 2],
    ["displayName eq 'It''s or not'", 1],
    ["appId in ('{appId}', '00000000-0000-4000-8000-000000000000')", 1],
    ["displayName eq 'filter me' or displayName eq 'It''s or not'", 3],
    ["displayName eq 'nobody'", 0],
  ])('lists what the filter %s finds', async (filter, count) => {
    const tenant = '33333333-3333-4333-8333-333333333333';
    const other = await graphOf(emulator, tenant);
    const directory = emulator.directory.tenant(tenant);
    if (directory.applications.all().length === 0) {
      for (const displayName of ['Filter me', 'Filter me', "It's or not"]) {
        await other('POST', '/applications', { displayName });
      }
    }
    const { appId } = directory.applications.all()[0]!;
    const query = new URLSearchParams({ $filter: filter.replace('{appId}', appId) });
    const { body } = await other('GET', `/applications?${query.toString()}`);
    expect(body.value).toHaveLength(count);
  });

  it('refuses a filter that it does not understand, instead of listing everything', async () => {
    const answer = await graph('GET', `/applications?${new URLSearchParams({ $filter: 'tags/any()' }).toString()}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'Request_UnsupportedQuery' } } });
  });

  it('gives a list page by page', async () => {
    const tenant = '44444444-4444-4444-8444-444444444444';
    const other = await graphOf(emulator, tenant);
    for (const displayName of ['1', '2', '3']) emulator.directory.addApplication(tenant, { displayName });
    const first = await other('GET', '/applications?$top=2&$select=displayName');
    expect(first.body.value).toEqual([{ displayName: '1' }, { displayName: '2' }]);
    const next = new URL(String(first.body['@odata.nextLink']));
    const second = await other('GET', `${next.pathname.replace('/v1.0', '')}${next.search}`);
    expect(second.body).toEqual({ value: [{ displayName: '3' }] });
  });

  it('finds one by its client id', async () => {
    const { appId, id } = emulator.directory.addApplication(contoso, { displayName: 'by client id' });
    expect((await graph('GET', `/applications(appId='${appId}')`)).body).toMatchObject({ id });
    expect((await graph('GET', `/applications%28appId%3D%27${appId}%27%29/owners`)).status).toBe(200);
  });

  it('has the caller as the owner of what it makes, until it steps back', async () => {
    const id = await create();
    const callerId = emulator.directory.tenant(contoso).ownersOf(id)[0]!;
    const { body } = await graph('GET', `/applications/${id}/owners`);
    expect(body.value).toEqual([{ '@odata.type': '#microsoft.graph.servicePrincipal', id: callerId }]);
    expect((await graph('DELETE', `/applications/${id}/owners/${callerId}/$ref`)).status).toBe(204);
    expect((await graph('GET', `/applications/${id}/owners`)).body.value).toEqual([]);
    expect((await graph('DELETE', `/applications/${id}/owners/${callerId}/$ref`)).status).toBe(404);
  });

  it('deletes softly, and restores with the service principal', async () => {
    const { id, appId } = emulator.directory.addApplication(contoso, { displayName: 'deleted by hand' });
    const servicePrincipal = emulator.directory.addServicePrincipal(contoso, appId);
    expect((await graph('DELETE', `/applications/${id}`)).status).toBe(204);
    expect((await graph('GET', `/applications/${id}`)).status).toBe(404);
    expect((await graph('GET', `/servicePrincipals/${servicePrincipal.id}`)).status).toBe(404);
    expect((await graph('GET', `/directory/deletedItems/${id}`)).body.deletedDateTime).not.toBeNull();
    expect((await graph('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(200);
    expect((await graph('GET', `/servicePrincipals/${servicePrincipal.id}`)).body.appId).toBe(appId);
  });

  it.each([
    ['a display name is missing', {}],
    ['the display name is empty', { displayName: ' ' }],
    ['the audience is none of Entra', { displayName: 'x', signInAudience: 'Everybody' }],
    ['redirect URIs are no list', { displayName: 'x', spa: { redirectUris: 'https://portal.example.com/' } }],
    ['an identifier URI has no scheme', { displayName: 'x', identifierUris: ['portal'] }],
    [
      'http is used for another host than localhost',
      { displayName: 'x', spa: { redirectUris: ['http://a.example/'] } },
    ],
    ['a redirect URI has a fragment', { displayName: 'x', web: { redirectUris: ['https://a.example/#x'] } }],
    ['a redirect URI has a wildcard', { displayName: 'x', web: { redirectUris: ['https://*.a.example/'] } }],
    [
      'a redirect URI is too long',
      { displayName: 'x', spa: { redirectUris: [`https://a.example/${'x'.repeat(239)}`] } },
    ],
    [
      'a redirect URI stands twice',
      { displayName: 'x', spa: { redirectUris: ['https://a.example/', 'https://a.example/'] } },
    ],
    ['there are 257 redirect URIs', { displayName: 'x', web: addresses(200, 'w'), spa: addresses(57, 's') }],
    ['there are more than 1000 items', { displayName: 'x', tags: Array.from({ length: 1001 }, (_, tag) => `${tag}`) }],
  ])('refuses an application where %s', async (_why, body) => {
    const before = emulator.directory.tenant(contoso).applications.all().length;
    expect(await graph('POST', '/applications', body)).toMatchObject({
      status: 400,
      body: { error: { code: expect.any(String) as string, message: expect.any(String) as string } },
    });
    expect(emulator.directory.tenant(contoso).applications.all()).toHaveLength(before);
  });

  it('takes 256 redirect URIs, and one of 256 characters', async () => {
    const longest = `https://a.example/${'x'.repeat(238)}`;
    expect(longest).toHaveLength(256);
    const spa = { redirectUris: [...addresses(255, 's').redirectUris, longest] };
    expect((await graph('POST', '/applications', { displayName: 'x', spa })).status).toBe(201);
  });

  it('refuses an identifier URI that another application has', async () => {
    await create({ identifierUris: ['api://taken'] });
    const answer = await graph('POST', '/applications', { displayName: 'x', identifierUris: ['api://taken'] });
    expect(answer.status).toBe(409);
  });

  it('wants a scope disabled before it goes', async () => {
    const scope = { id: '6b1a4a52-6f0c-4d2e-9c53-0f6a1d6a7c11', value: 'access_as_user', isEnabled: true };
    const id = await create({ api: { oauth2PermissionScopes: [scope] } });
    const remove = { api: { oauth2PermissionScopes: [] } };
    expect((await graph('PATCH', `/applications/${id}`, remove)).body).toMatchObject({
      error: { code: 'CannotDeleteOrUpdateEnabledEntitlement' },
    });
    const disable = { api: { oauth2PermissionScopes: [{ ...scope, isEnabled: false }] } };
    expect((await graph('PATCH', `/applications/${id}`, disable)).status).toBe(204);
    expect((await graph('PATCH', `/applications/${id}`, remove)).status).toBe(204);
  });

  it('answers 501 where it has no route, so that nobody takes silence for success', async () => {
    const answer = await graph('GET', '/users');
    expect(answer).toMatchObject({ status: 501, body: { error: { code: 'NotImplemented' } } });
  });

  it('answers 401 without a token of its own', async () => {
    const headers = { authorization: 'Bearer e30.e30.e30' };
    const answer = await send(emulator, 'GET', '/v1.0/applications', { headers });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } });
  });

  it('keeps the tenants apart', async () => {
    const id = await create();
    const other = await graphOf(emulator, '55555555-5555-4555-8555-555555555555');
    expect((await other('GET', `/applications/${id}`)).status).toBe(404);
  });
});

function addresses(count: number, prefix: string): { redirectUris: string[] } {
  return { redirectUris: Array.from({ length: count }, (_, index) => `https://a.example/${prefix}${index}`) };
}
