import { type Application, type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { apis } from '../../../lib/catalogue/permission-ids';
import { type Answer, contoso, fabrikam, requestToken, send } from './client';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

let emulator: EntraEmulator;
let portal: Application;
let backup: Application;

beforeAll(async () => {
  emulator = await startEntraEmulator();
  const { directory } = emulator;
  portal = directory.addApplication(contoso, {
    displayName: 'VB365 Restore Portal',
    signInAudience: 'AzureADMultipleOrgs',
    spa: { redirectUris: ['https://portal.example.com:4443/'] },
  });
  backup = directory.addApplication(contoso, {
    displayName: 'VB365 contoso',
    isFallbackPublicClient: true,
    publicClient: { redirectUris: ['http://localhost'] },
  });
  directory.addServicePrincipal(contoso, portal.appId);
  directory.addServicePrincipal(contoso, backup.appId);
});

afterAll(() => emulator.close());

afterEach(() => {
  const { permissionGrants } = emulator.directory.tenant(contoso);
  for (const { id } of permissionGrants.all()) permissionGrants.delete(id);
});

function consent(client: Application, scope: string): void {
  const tenant = emulator.directory.tenant(contoso);
  emulator.directory.addPermissionGrant(contoso, {
    clientId: tenant.servicePrincipalOf(client.appId)!.id,
    resourceId: tenant.servicePrincipalOf(apis.MicrosoftGraph.clientId)!.id,
    scope,
  });
}

function authorize(query: Record<string, string>, tenantId = contoso): Promise<Answer> {
  const defaults = { client_id: portal.appId, redirect_uri: 'https://portal.example.com:4443/', response_type: 'code' };
  const all = new URLSearchParams({ ...defaults, ...query });
  return send(emulator, 'GET', `/${tenantId}/oauth2/v2.0/authorize?${all.toString()}`);
}

describe('sign-in in a browser', () => {
  it('comes back to a registered address with a code and the state', async () => {
    consent(portal, 'User.Read');
    const { status, headers } = await authorize({ scope: 'openid User.Read', state: 'abc' });
    expect(status).toBe(302);
    const back = new URL(String(headers.location));
    expect(back.origin).toBe('https://portal.example.com:4443');
    expect(back.searchParams.get('state')).toBe('abc');
    expect(back.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    ['another port', 'https://portal.example.com/'],
    ['another path', 'https://portal.example.com:4443/x'],
    ['another scheme', 'http://portal.example.com:4443/'],
    ['nothing', ''],
  ])('shows 50011 instead of going back to %s', async (_what, redirectUri) => {
    const { status, headers, body } = await authorize({ redirect_uri: redirectUri });
    expect([status, body.error_codes, headers.location]).toEqual([400, [50011], undefined]);
  });

  it.each(['http://localhost', 'http://localhost:51234', 'http://localhost:51234/'])(
    'takes %s from a public client, whatever the port',
    async (redirectUri) => {
      const { status } = await authorize({ client_id: backup.appId, redirect_uri: redirectUri });
      expect(status).toBe(302);
    },
  );

  it('tells the application with 65001 that nobody has consented', async () => {
    const { headers } = await authorize({ scope: 'User.Read' });
    const { searchParams } = new URL(String(headers.location));
    expect(searchParams.get('error')).toBe('consent_required');
    expect(searchParams.get('error_description')).toMatch(/^AADSTS65001: .+VB365 Restore Portal/);
    expect(searchParams.get('code')).toBeNull();
  });

  it('knows a multi-tenant application in another tenant only once it has a service principal there', async () => {
    expect((await authorize({}, fabrikam)).body.error_codes).toEqual([700016]);
    emulator.directory.addServicePrincipal(fabrikam, portal.appId);
    expect((await authorize({}, fabrikam)).status).toBe(302);
  });
});

describe('sign-in with a device code', () => {
  function deviceCode(clientId: string): Promise<Answer> {
    const form = { client_id: clientId, scope: 'User.Read offline_access' };
    return send(emulator, 'POST', `/${contoso}/oauth2/v2.0/devicecode`, { form });
  }

  function redeem(clientId: string, code: unknown): Promise<Answer> {
    return requestToken(emulator, contoso, {
      grant_type: DEVICE_CODE,
      client_id: clientId,
      device_code: String(code),
    });
  }

  it('gives a token with what was consented, once', async () => {
    consent(backup, 'User.Read Directory.Read.All');
    const { body } = await deviceCode(backup.appId);
    expect(await redeem(backup.appId, body.device_code)).toMatchObject({
      status: 200,
      body: { scope: 'User.Read Directory.Read.All' },
    });
    expect((await redeem(backup.appId, body.device_code)).body.error_codes).toEqual([70000]);
  });

  it('answers 65001 where a permission that is asked for was not granted', async () => {
    consent(backup, 'Directory.Read.All');
    const { body } = await deviceCode(backup.appId);
    const answer = await redeem(backup.appId, body.device_code);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_codes: [65001] } });
    expect(answer.body.error_description).toContain('User.Read');
  });

  it('refuses an application that does not allow public client flows', async () => {
    expect((await deviceCode(portal.appId)).body.error_codes).toEqual([7000218]);
  });

  it('refuses the code of another application', async () => {
    consent(portal, 'User.Read');
    const { body } = await deviceCode(backup.appId);
    expect((await redeem(portal.appId, body.device_code)).body.error_codes).toEqual([70000]);
  });
});
