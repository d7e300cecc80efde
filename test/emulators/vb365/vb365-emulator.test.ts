import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import { ADMINISTRATOR, READER } from '../../../emulators/vb365';
import { errnoOf } from '../../../lib/system/durable-files';
import { certificateForRest, startHouse, type Vb365House } from '../../support/vb365';
import { packed, passwordForm, send, tokenOf } from './client';

let house: Vb365House;
let token: string;
let path: string;

beforeAll(async () => {
  house = await startHouse();
  path = `/v8/Organizations/${house.organization.id}`;
});

beforeEach(async () => {
  house.vb365.setFaults({});
  house.vb365.sessions.lifetimeSeconds = 3600;
  token = await tokenOf(house);
});

afterAll(() => house.close());

/** Thumbprints that the product uses for Exchange Online and SharePoint Online. */
function used(): (string | undefined)[] {
  const { exchangeOnline, sharePointOnline } = house.vb365.organizations.get(house.organization.id);
  return [exchangeOnline, sharePointOnline].map((one) => one?.certificate?.certificate.thumbprint);
}

describe('signing in to the VB365 emulator', () => {
  it.each([
    ['a form', { form: passwordForm() }],
    ['JSON', { json: { ...passwordForm(), disable_antiforgery_token: true } }],
  ])('takes %s, and answers with every member of OAuthTokenResponse', async (_name, sent) => {
    const { status, body } = await send(house, 'POST', '/v8/token', sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, userName: ADMINISTRATOR.username });
    expect(Date.parse(String(body['.expires'])) - Date.parse(String(body['.issued']))).toBe(3_600_000);
    const answer = await send(house, 'GET', '/v8/ServiceInstance', { token: String(body.access_token) });
    expect(answer.body.version).toBe('8.3.0.0');
  });

  it('refuses a wrong password with RESTExceptionInfo', async () => {
    const form = passwordForm({ ...ADMINISTRATOR, password: 'wrong' });
    expect(await send(house, 'POST', '/v8/token', { form })).toMatchObject({
      status: 401,
      body: { errorCode: 'ResourceAccessDenied', message: 'The user name or password is incorrect.' },
    });
  });

  it('refuses what its API description does not have', async () => {
    const form = { ...passwordForm(), grant_type: 'anything' };
    expect(await send(house, 'POST', '/v8/token', { form })).toMatchObject({
      status: 400,
      body: { errorCode: 'ParameterValidationFailure' },
    });
  });

  it('exchanges a refresh token once', async () => {
    const { body } = await send(house, 'POST', '/v8/token', { form: passwordForm() });
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const again = await send(house, 'POST', '/v8/token', { form });
    expect(again.body.access_token).not.toBe(body.access_token);
    expect((await send(house, 'POST', '/v8/token', { form })).status).toBe(401);
  });

  it.each([
    [
      'has expired',
      async () => {
        house.vb365.sessions.expireAll(new Date());
        return Promise.resolve(token);
      },
    ],
    [
      'was signed out',
      async () => {
        await send(house, 'POST', '/v8/token/logout', { token });
        return token;
      },
    ],
    ['was never given', () => Promise.resolve('made-up')],
    [
      'is for browsers',
      async () => {
        const form = { ...passwordForm(), disable_antiforgery_token: 'false' };
        return String((await send(house, 'POST', '/v8/token', { form })).body.access_token);
      },
    ],
  ])('refuses a token that %s', async (_name, tokenToUse) => {
    const answer = await send(house, 'GET', '/v8/Organizations', { token: await tokenToUse() });
    expect(answer).toMatchObject({ status: 401, body: { errorCode: 'ResourceAccessDenied' } });
  });

  it('lets a token expire when its lifetime is over', async () => {
    house.vb365.sessions.lifetimeSeconds = 0;
    expect((await send(house, 'GET', '/v8/Organizations', { token: await tokenOf(house) })).status).toBe(401);
  });

  it('lets a read-only account look and not touch', async () => {
    const readOnly = await tokenOf(house, READER);
    expect((await send(house, 'GET', path, { token: readOnly })).status).toBe(200);
    expect((await send(house, 'PUT', path, { token: readOnly, json: {} })).status).toBe(403);
  });

  it('tells its health to anybody, and has no other paths than it says', async () => {
    expect((await send(house, 'GET', '/v8/Health')).body.status).toBe('Healthy');
    expect(await send(house, 'GET', '/v8/Jobs', { token })).toMatchObject({
      status: 404,
      body: { errorCode: 'ResourceNotFound' },
    });
  });
});

describe('organizations of the VB365 emulator', () => {
  it('finds them by the tenant, page by page', async () => {
    const other = '22222222-2222-4222-8222-222222222222';
    for (const name of ['a', 'b', 'c']) {
      house.vb365.addOrganization({ name, tenantId: other, applicationId: other });
    }
    const first = await send(house, 'GET', `/v8/Organizations?msid=${other}&limit=2`, { token });
    expect(first.body).toMatchObject({
      limit: 2,
      offset: 0,
      results: [{ msid: other }, { officeName: 'b.onmicrosoft.com' }],
    });
    const rest = await send(house, 'GET', `/v8/Organizations?msid=${other}&limit=2&offset=2`, { token });
    expect(rest.body.results).toHaveLength(1);
  });

  it('gives thumbprints, and never a certificate', async () => {
    const { body } = await send(house, 'GET', path, { token });
    expect(body.exchangeOnlineSettings).toEqual({
      useApplicationOnlyAuth: true,
      officeOrganizationName: 'contoso.onmicrosoft.com',
      sharePointSaveAllWebParts: false,
      applicationId: house.application.appId,
      applicationCertificateThumbprint: house.first.certificate.thumbprint,
    });
  });

  it.each([
    ['is a certificate that Entra does not know', () => packed(house.stranger), 'AADSTS700027'],
    [
      'opens with another password',
      () => ({ ...packed(house.second), applicationCertificatePassword: 'x' }),
      'password is not correct',
    ],
    ['is no PFX', () => ({ ...packed(house.second), applicationCertificate: 'AAAA' }), 'cannot be read'],
    ['is no base64', () => ({ ...packed(house.second), applicationCertificate: 'not base64!' }), 'Base64'],
    [
      'has another thumbprint',
      () => ({ ...packed(house.second), applicationCertificateThumbprint: 'A'.repeat(40) }),
      'thumbprint',
    ],
    ['is a number', () => ({ ...packed(house.second), applicationCertificate: 5 }), 'must be string'],
  ])('refuses what %s, and goes on with what it used', async (_name, settings, message) => {
    const before = used();
    const json = {
      configureApplication: false,
      exchangeOnlineSettings: settings(),
      sharePointOnlineSettings: settings(),
    };
    const answer = await send(house, 'PUT', path, { token, json });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'ParameterValidationFailure' } });
    expect(answer.body.message).toContain(message);
    expect(used()).toEqual(before);
  });

  it('keeps neither of two certificates where one is refused', async () => {
    const before = used();
    const json = { exchangeOnlineSettings: packed(house.second), sharePointOnlineSettings: packed(house.stranger) };
    expect((await send(house, 'PUT', path, { token, json })).status).toBe(400);
    expect(used()).toEqual(before);
  });

  it('signs in with what was installed from then on, without an interruption', async () => {
    const job = house.vb365.startBackupJob(house.organization.id, { everyMilliseconds: 20 });
    while (job.successes === 0) await wait(5);
    const json = { exchangeOnlineSettings: packed(house.second), sharePointOnlineSettings: packed(house.second) };
    expect((await send(house, 'PUT', path, { token, json })).status).toBe(204);
    while (!job.thumbprints.has(house.second.certificate.thumbprint)) await wait(5);
    await job.stop();
    expect(job.failures).toEqual([]);
    expect([...job.thumbprints]).toEqual([house.first, house.second].map(({ certificate }) => certificate.thumbprint));
  });

  it('counts the sign-ins that Entra refuses, with its message', async () => {
    const { id } = house.vb365.addOrganization({
      name: 'broken',
      tenantId: house.tenantId,
      applicationId: house.application.appId,
      certificate: house.stranger,
    });
    const job = house.vb365.startBackupJob(id, { everyMilliseconds: 5 });
    while (job.failures.length === 0) await wait(5);
    await job.stop();
    expect(job.failures[0]).toMatchObject({ message: expect.stringContaining('AADSTS700027') });
    expect(job.successes).toBe(0);
  });
});

describe('backup applications of the VB365 emulator', () => {
  it('replaces, adds and removes them', async () => {
    const collection = `${path}/BackupApplications`;
    const { appId: applicationId } = house.application;
    const handed = (application: object): object => [{ application, ...packed(house.second) }];
    const json = handed({ applicationId, displayName: 'auxiliary' });
    expect((await send(house, 'PUT', collection, { token, json })).status).toBe(204);
    expect((await send(house, 'GET', collection, { token })).body.results).toEqual([
      { applicationId, displayName: 'auxiliary', certificateThumbprint: house.second.certificate.thumbprint },
    ]);
    expect((await send(house, 'POST', collection, { token, json })).status).toBe(400);
    expect((await send(house, 'DELETE', collection, { token, json: [applicationId] })).status).toBe(204);
    expect((await send(house, 'POST', collection, { token, json })).status).toBe(204);
    expect((await send(house, 'PUT', collection, { token, json: [] })).status).toBe(204);
    expect((await send(house, 'GET', collection, { token })).body.results).toEqual([]);
  });
});

describe('faults of the VB365 emulator', () => {
  it('meets them in the order that was asked for, then by counting', async () => {
    house.vb365.setFaults({ next: ['throttled', 'failed', 'reset', 'none'], failEvery: 2, retryAfterSeconds: 7 });
    const seen: unknown[] = [];
    for (let index = 0; index < 6; index += 1) {
      const answer = await send(house, 'GET', path, { token }).catch((error: unknown) => ({ status: errnoOf(error) }));
      seen.push(answer.status);
    }
    expect(seen).toEqual([429, 503, 'ECONNRESET', 200, 200, 503]);
  });

  it('does what was asked for before it drops a connection', async () => {
    const json = { exchangeOnlineSettings: packed(house.first), sharePointOnlineSettings: packed(house.first) };
    house.vb365.setFaults({ next: ['dropped'], methods: ['PUT'] });
    await expect(send(house, 'PUT', path, { token, json })).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(used()).toEqual([house.first.certificate.thumbprint, house.first.certificate.thumbprint]);
  });

  it('is down for a while, and comes back on its port with its sessions', async () => {
    await house.vb365.stopListening();
    await expect(send(house, 'GET', path, { token })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await house.vb365.listenAgain();
    expect((await send(house, 'GET', path, { token })).status).toBe(200);
  });

  it('changes the certificate that it shows', async () => {
    const next = certificateForRest(['localhost', '127.0.0.2']);
    house.vb365.useServerCertificate(next);
    const shown = await new Promise((resolve) => {
      const socket = connect({ port: house.vb365.port, ca: next.certificate.pem, servername: 'localhost' }, () => {
        resolve(socket.getPeerCertificate().fingerprint.replaceAll(':', ''));
        socket.destroy();
      });
    });
    expect(shown).toBe(next.certificate.thumbprint);
    house.vb365.useServerCertificate(house.restApi);
  });
});
