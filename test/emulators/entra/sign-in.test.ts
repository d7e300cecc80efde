import type { KeyObject } from 'node:crypto';
import { type JWTPayload, type JWTHeaderParameters, SignJWT } from 'jose';
import { type Application, type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { apis, permissionIds } from '../../../lib/catalogue/permission-ids';
import type { Certificate } from '../../../lib/certificates/certificate';
import { issueSelfSigned } from '../../../lib/certificates/issue';
import { certificateProfile } from '../../../lib/certificates/profile';
import { later, noon, selfSigned } from '../../support/self-signed';
import { testKey } from '../../support/openssl';
import { type Answer, contoso, fabrikam, graphOf, requestToken, send } from './client';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const at = later(noon, 3600);

let now = at;
let emulator: EntraEmulator;
let application: Application;
let certificate: Certificate;
let foreignKey: KeyObject;

beforeAll(async () => {
  emulator = await startEntraEmulator({ now: () => now, tenants: [contoso, fabrikam] });
  certificate = selfSigned();
  application = emulator.directory.addApplication(contoso, { displayName: 'VB365 contoso' });
  emulator.directory.addServicePrincipal(contoso, application.appId);
  emulator.directory.addKeyCredential(contoso, application.appId, certificate);
  const profile = certificateProfile('entra-application', { commonName: 'somebody else' });
  foreignKey = (await issueSelfSigned({ profile, keySize: 2048, validityDays: 1, at })).privateKey;
});

beforeEach(() => {
  now = at;
});

afterAll(() => emulator.close());

interface AssertionOptions {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly claims?: JWTPayload;
  readonly key?: KeyObject;
}

async function assertion({ header, claims, key = testKey('rsa-2048') }: AssertionOptions = {}): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const payload = {
    iss: application.appId,
    sub: application.appId,
    aud: `${emulator.url}/${contoso}/oauth2/v2.0/token`,
    nbf: seconds,
    exp: seconds + 600,
    jti: 'one',
    ...claims,
  };
  const names = header ?? { alg: 'RS256', 'x5t#S256': base64url(certificate.thumbprintSha256) };
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...names }).sign(key);
}

async function signIn(options: AssertionOptions = {}, form: Record<string, string> = {}): Promise<Answer> {
  return requestToken(emulator, contoso, {
    client_id: application.appId,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await assertion(options),
    ...form,
  });
}

function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

function claimsOf(answer: Answer): Record<string, unknown> {
  const [, payload = ''] = String(answer.body.access_token).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

describe('sign-in with a certificate', () => {
  it('gives a token that carries tenant, application and service principal', async () => {
    const answer = await signIn();
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3599 } });
    expect(claimsOf(answer)).toMatchObject({
      tid: contoso,
      appid: application.appId,
      oid: emulator.directory.tenant(contoso).servicePrincipalOf(application.appId)?.id,
      aud: apis.MicrosoftGraph.clientId,
    });
  });

  it.each([
    ['x5t', () => ({ x5t: base64url(certificate.thumbprint) })],
    ['x5t#S256', () => ({ 'x5t#S256': base64url(certificate.thumbprintSha256) })],
    ['kid: SHA-1, base64url', () => ({ kid: base64url(certificate.thumbprint) })],
    ['kid: SHA-1, base64url with padding', () => ({ kid: `${base64url(certificate.thumbprint)}=` })],
    ['kid: SHA-1, hex', () => ({ kid: certificate.thumbprint })],
    ['kid: SHA-256, lower-case hex', () => ({ kid: certificate.thumbprintSha256.toLowerCase() })],
    ['kid: SHA-256, base64url', () => ({ kid: base64url(certificate.thumbprintSha256) })],
  ])('finds the key by %s', async (_name, header) => {
    expect((await signIn({ header: header() })).status).toBe(200);
  });

  it.each(['RS256', 'PS256'])('takes a signature of %s', async (alg) => {
    expect((await signIn({ header: { alg, x5t: base64url(certificate.thumbprint) } })).status).toBe(200);
  });

  it.each(['RS384', 'RS512', 'PS384'])('refuses a signature of %s', async (alg) => {
    const answer = await signIn({ header: { alg, x5t: base64url(certificate.thumbprint) } });
    expect(answer.body.error_codes).toEqual([50027]);
  });

  it('refuses a key that is not on the application, with its thumbprint', async () => {
    const answer = await signIn({ header: { x5t: base64url('AB'.repeat(20)) } });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [700027] } });
    expect(answer.body.error_description).toMatch(/Thumbprint of key used by client: '(AB){20}'/);
  });

  it('refuses a signature of another key under the right thumbprint', async () => {
    const answer = await signIn({ key: foreignKey });
    expect(answer.body).toMatchObject({ error_codes: [700027] });
    expect(answer.body.error_description).not.toMatch(/expired/);
  });

  it('refuses an expired key in the words of the vendor', async () => {
    now = later(certificate.notAfter, 1);
    const answer = await signIn();
    expect(answer).toMatchObject({ status: 401, body: { error_codes: [700027] } });
    expect(answer.body.error_description).toContain(
      `[Reason - The key used is expired., Thumbprint of key used by client: '${certificate.thumbprint}', `,
    );
  });

  it('takes a key until the last second of its validity', async () => {
    now = certificate.notAfter;
    expect((await signIn()).status).toBe(200);
  });

  it('takes both keys of a rotation, and only the new one when the old is retired', async () => {
    const successor = selfSigned({ notBefore: later(noon, 60) });
    const { keyId } = emulator.directory.addKeyCredential(contoso, application.appId, successor);
    const header = { x5t: base64url(successor.thumbprint) };
    expect((await signIn({ header })).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    const { keyCredentials, id } = emulator.directory.tenant(contoso).applicationOf(application.appId)!;
    const rest = keyCredentials.filter((credential) => credential.keyId !== keyId);
    const graph = await graphOf(emulator, contoso);
    expect((await graph('PATCH', `/applications/${id}`, { keyCredentials: rest })).status).toBe(204);
    expect((await signIn({ header })).body.error_codes).toEqual([700027]);
    expect((await signIn()).status).toBe(200);
  });

  it.each([
    ['issuer', { iss: fabrikam }, 700021],
    ['subject', { sub: fabrikam }, 700021],
    ['audience', { aud: 'https://login.example.com/token' }, 700023],
    ['end in the past', { nbf: seconds(-4000), exp: seconds(-301) }, 700024],
    ['start in the future', { nbf: seconds(301), exp: seconds(600) }, 700024],
    ['life of more than a day', { exp: seconds(86_401) }, 700024],
    ['end that is no date', { exp: 1e300 }, 700024],
  ])('refuses an assertion with a wrong %s', async (_what, claims, code) => {
    expect((await signIn({ claims })).body.error_codes).toEqual([code]);
  });

  it.each([
    ['tolerates clocks five minutes apart: ended', { nbf: seconds(-4000), exp: seconds(-299) }],
    ['tolerates clocks five minutes apart: not begun', { nbf: seconds(299), exp: seconds(600) }],
    ['takes a life of a day', { nbf: seconds(0), exp: seconds(86_400) }],
  ])('%s', async (_what, claims) => {
    expect((await signIn({ claims })).status).toBe(200);
  });

  it.each(['', 'x', 'a.b.c'])('refuses %j in place of an assertion', async (text) => {
    const answer = await signIn({}, { client_assertion: text });
    expect(answer).toMatchObject({ status: 400, body: { error_codes: [50027] } });
  });

  it('describes an error with the fields by which support finds it', async () => {
    const { body } = await signIn({ claims: { aud: 'x' } });
    expect(body.error_description).toMatch(
      /^AADSTS700023: .+ Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: 2026-06-01 13:00:00Z$/,
    );
    expect(body).toMatchObject({ timestamp: '2026-06-01 13:00:00Z', error: 'invalid_client' });
    expect(body.error_description).toContain(String(body.trace_id));
    expect(body.error_description).toContain(String(body.correlation_id));
  });
});

describe('the token endpoint', () => {
  it('refuses a tenant that does not exist', async () => {
    const answer = await requestToken(emulator, '99999999-9999-4999-8999-999999999999', {});
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request', error_codes: [90002] } });
  });

  it('refuses an application that the tenant does not know', async () => {
    const { status, body } = await requestToken(emulator, fabrikam, { client_id: application.appId });
    expect([status, body.error, body.error_codes]).toEqual([400, 'unauthorized_client', [700016]]);
  });

  it('refuses an application without a service principal in its own tenant', async () => {
    const { appId } = emulator.directory.addApplication(contoso, { displayName: 'no service principal' });
    const { body } = await requestToken(emulator, contoso, { client_id: appId, client_secret: 'x' });
    expect(body.error_codes).toEqual([7000229]);
  });

  it('refuses a disabled application', async () => {
    const { appId } = emulator.directory.addApplication(contoso, { displayName: 'disabled' });
    const { id } = emulator.directory.addServicePrincipal(contoso, appId);
    const graph = await graphOf(emulator, contoso);
    await graph('PATCH', `/servicePrincipals/${id}`, { accountEnabled: false });
    const { body } = await requestToken(emulator, contoso, { client_id: appId, client_secret: 'x' });
    expect(body.error_codes).toEqual([7000112]);
  });

  it('refuses secrets of applications that have certificates only', async () => {
    const answer = await requestToken(emulator, contoso, { client_id: application.appId, client_secret: 'guessed' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000215] } });
    expect(JSON.stringify(answer.body)).not.toContain('guessed');
  });

  it.each([
    ['no client id', { client_id: '' }, 900144],
    ['no scope', { scope: '' }, 900144],
    ['another grant', { grant_type: 'password' }, 70003],
    ['a scope without /.default', { scope: 'https://graph.microsoft.com/User.Read' }, 1002012],
    ['an API that is not there', { scope: 'https://nothing.example.com/.default' }, 500011],
  ])('refuses a request with %s', async (_what, form, code) => {
    expect((await signIn({}, form)).body.error_codes).toEqual([code]);
  });

  it('refuses a request without secret and assertion', async () => {
    const { body } = await requestToken(emulator, contoso, { client_id: application.appId });
    expect(body.error_codes).toEqual([7000218]);
  });

  it.each([
    ['https://graph.microsoft.com/.default', apis.MicrosoftGraph.clientId],
    ['https://outlook.office365.com/.default', apis.ExchangeOnline.clientId],
    ['https://contoso.sharepoint.com/.default', apis.SharePointOnline.clientId],
    [`${apis.ExchangeOnline.clientId}/.default`, apis.ExchangeOnline.clientId],
  ])('gives a token for %s', async (scope, audience) => {
    expect(claimsOf(await signIn({}, { scope })).aud).toBe(audience);
  });

  it('gives a token without roles where nothing was granted, and with those that were', async () => {
    expect(claimsOf(await signIn()).roles).toBeUndefined();
    const tenant = emulator.directory.tenant(contoso);
    const { id } = emulator.directory.addAppRoleAssignment(contoso, {
      principalId: tenant.servicePrincipalOf(application.appId)!.id,
      resourceId: tenant.servicePrincipalOf(apis.MicrosoftGraph.clientId)!.id,
      appRoleId: permissionIds.application.MicrosoftGraph['Directory.Read.All'],
    });
    const answer = await signIn();
    expect(claimsOf(answer).roles).toEqual(['Directory.Read.All']);
    tenant.appRoleAssignments.delete(id);
  });

  it('lets Graph refuse what the token does not allow', async () => {
    const headers = { authorization: `Bearer ${String((await signIn()).body.access_token)}` };
    const read = await send(emulator, 'GET', '/v1.0/applications', { headers });
    expect(read).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
  });

  it('gives tokens that Graph refuses when they have expired', async () => {
    const graph = await graphOf(emulator, contoso);
    expect((await graph('GET', '/applications')).status).toBe(200);
    now = later(at, 3600);
    expect((await graph('GET', '/applications')).status).toBe(401);
  });
});

/** Seconds since 1970, as claims count. */
function seconds(fromNow: number): number {
  return Math.floor(at.getTime() / 1000) + fromNow;
}
