import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createSilentServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect, promisify } from 'node:util';
import { z } from 'zod';
import { READER } from '../../emulators/vb365';
import { tlsOptionsOf } from '../../emulators/vb365/server-certificate';
import { Certificate } from '../../lib/certificates/certificate';
import { Vb365Error } from '../../lib/errors';
import { type RestClient, type RestConnection, withRestSession } from '../../lib/rest/client';
import { restTrust } from '../../lib/rest/trust';
import { Authority } from '../support/authority';
import { COMPILED } from '../support/compile';
import { opensslRequest, testKey } from '../support/openssl';
import { later } from '../support/self-signed';
import { thrownBy } from '../support/thrown';
import { certificateForRest, connectionTo, shortLimits, startHouse, type Vb365House } from '../support/vb365';

let house: Vb365House;

beforeAll(async () => {
  house = await startHouse();
});

beforeEach(() => {
  house.vb365.setFaults({});
  house.vb365.log.clear();
  house.vb365.useServerCertificate(house.restApi);
});

afterAll(() => house.close());

const versionSchema = z.looseObject({ version: z.string() });

const readVersion = async (client: RestClient): Promise<string> =>
  (await client.get({ path: '/v8/ServiceInstance', what: 'reading the version' }, versionSchema)).version;

async function errorOf(connection: RestConnection): Promise<Vb365Error | undefined> {
  try {
    await withRestSession(connection, readVersion);
    return undefined;
  } catch (error) {
    if (error instanceof Vb365Error) return error;
    throw error;
  }
}

describe('a session with the REST API', () => {
  it('signs in, works, and signs out', async () => {
    const sessions = house.vb365.sessions.count;
    expect(await withRestSession(connectionTo(house), readVersion)).toBe('8.3.0.0');
    expect(house.vb365.log.all().map(({ method, path, status }) => `${method} ${path} ${status ?? ''}`)).toEqual([
      'POST /v8/token 200',
      'GET /v8/ServiceInstance 200',
      'POST /v8/token/logout 204',
    ]);
    expect(house.vb365.sessions.count).toBe(sessions);
  });

  it('signs out when the work fails, and fails with the error of the work', async () => {
    const work = (): Promise<never> => Promise.reject(new TypeError('of the work'));
    await expect(withRestSession(connectionTo(house), work)).rejects.toThrow('of the work');
    expect(house.vb365.log.count('POST /v8/token/logout')).toBe(1);
  });

  it('is not spoilt by a sign-out that fails', async () => {
    const work = async (client: RestClient): Promise<string> => {
      const version = await readVersion(client);
      house.vb365.setFaults({ next: ['reset'] });
      return version;
    };
    expect(await withRestSession(connectionTo(house), work)).toBe('8.3.0.0');
  });

  it('repeats what meets a service that is busy, broken or gone', async () => {
    house.vb365.setFaults({ next: ['none', 'throttled', 'failed', 'reset', 'dropped'], retryAfterSeconds: 0 });
    expect(await withRestSession(connectionTo(house), readVersion)).toBe('8.3.0.0');
    expect(house.vb365.log.count('GET /v8/ServiceInstance')).toBe(5);
  });

  it('waits as long as the server asks, and tells why', async () => {
    house.vb365.setFaults({ next: ['throttled'], retryAfterSeconds: 1 });
    const sentences: string[] = [];
    const began = performance.now();
    await withRestSession(connectionTo(house, { onWait: (text) => sentences.push(text) }), readVersion);
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    expect(sentences).toEqual([`${house.vb365.url} answers HTTP 429; trying again in 1 s`]);
  });

  it('tells of an outage once, not before every pause', async () => {
    const sentences: string[] = [];
    const pauses = (client: RestClient): Promise<unknown> =>
      Promise.all(['busy', 'busy', 'down', 'down'].map((why) => client.pause(1_000, why)));
    await withRestSession(connectionTo(house, { onWait: (text) => sentences.push(text) }), pauses);
    expect(sentences).toEqual(['busy; trying again in 1 s', 'down; trying again in 1 s']);
  });

  it('outlives a restart of the service', async () => {
    await house.vb365.stopListening();
    const [version] = await Promise.all([
      withRestSession(connectionTo(house), readVersion),
      wait(150).then(() => house.vb365.listenAgain()),
    ]);
    expect(version).toBe('8.3.0.0');
  });

  it('replaces a token that has expired, once a request', async () => {
    house.vb365.setFaults({ next: ['none', 'expired'] });
    expect(await withRestSession(connectionTo(house), readVersion)).toBe('8.3.0.0');
    house.vb365.sessions.lifetimeSeconds = 0;
    const error = await errorOf(connectionTo(house));
    house.vb365.sessions.lifetimeSeconds = 3600;
    expect(error).toMatchObject({ code: 'rest-session-refused', message: expect.stringContaining('has expired') });
  });
});

describe('what a session cannot do', () => {
  it('says that user name or password are wrong, and asks once only', async () => {
    const error = await errorOf(connectionTo(house, { password: 'wrong-canary' }));
    expect(error).toMatchObject({ code: 'rest-credentials-refused', cure: expect.stringContaining('password') });
    expect(inspect(error, { depth: 9 })).not.toContain('wrong-canary');
    expect(house.vb365.log.count()).toBe(1);
  });

  it('says that an account may not', async () => {
    const connection = connectionTo(house, { username: READER.username, password: READER.password });
    const put = (client: RestClient): Promise<string | undefined> =>
      client.put({ path: `/v8/Organizations/${house.organization.id}`, what: 'changing it' }, {}, []);
    await expect(withRestSession(connection, put)).rejects.toMatchObject({ code: 'rest-forbidden' });
  });

  it('says what the server says of a path that it does not have', async () => {
    const get = (client: RestClient): Promise<unknown> => client.get({ path: '/v8/Jobs', what: 'jobs' }, z.unknown());
    await expect(withRestSession(connectionTo(house), get)).rejects.toMatchObject({
      code: 'rest-refused',
      message: expect.stringContaining('HTTP 404: The path GET /v8/Jobs was not found.'),
    });
  });

  it('gives up on a service that stays busy', async () => {
    house.vb365.setFaults({ failEvery: 1 });
    const limits = { ...shortLimits, retryMilliseconds: 100 };
    expect(await errorOf(connectionTo(house, { limits }))).toMatchObject({
      code: 'rest-unavailable',
      message: expect.stringContaining('HTTP 503'),
    });
  });

  it('gives up at once where the server asks for more patience than there is', async () => {
    house.vb365.setFaults({ throttleEvery: 1, retryAfterSeconds: 3600 });
    expect((await errorOf(connectionTo(house)))?.code).toBe('rest-unavailable');
    expect(house.vb365.log.count()).toBe(1);
  });

  it.each([
    ['nobody listens', { port: 1 }, 'refused'],
    ['the host is not known', { hostName: 'no-such-host.invalid' }, /not known|DNS/],
  ])('says that %s', async (_name, address, message) => {
    const limits = { ...shortLimits, retryMilliseconds: 50 };
    const connection = connectionTo(house, { address: { hostName: 'localhost', port: 1, ...address }, limits });
    expect(await errorOf(connection)).toMatchObject({
      code: 'rest-unreachable',
      message: expect.stringMatching(message),
    });
  });

  it('does not wait for an answer for ever', async () => {
    house.vb365.setFaults({ latencyMs: 700 });
    const limits = { ...shortLimits, answerMilliseconds: 100, totalMilliseconds: 300 };
    expect(await errorOf(connectionTo(house, { limits }))).toMatchObject({
      code: 'rest-unreachable',
      message: expect.stringContaining('in time'),
    });
  });

  it('does not wait for ever for an answer that drips', async () => {
    let drip: NodeJS.Timeout | undefined;
    const server = createServer(tlsOptionsOf(house.restApi), (_request, response) => {
      drip = setInterval(() => response.write(' '), 20);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const limits = { ...shortLimits, answerMilliseconds: 200, retryMilliseconds: 10 };
    const error = await errorOf(connectionTo(house, { address: { hostName: 'localhost', port }, limits }));
    clearInterval(drip);
    server.closeAllConnections();
    server.close();
    expect(error).toMatchObject({ code: 'rest-unreachable', message: expect.stringContaining('in time') });
  });

  it('does not wait for a handshake for ever, and leaves no connection behind', async () => {
    const sockets: Socket[] = [];
    const silent = createSilentServer((socket) => sockets.push(socket.resume())).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    const limits = { ...shortLimits, totalMilliseconds: 150 };
    const error = await errorOf(connectionTo(house, { address: { hostName: 'localhost', port }, limits }));
    await new Promise((resolve) => silent.close(resolve));
    expect(error).toMatchObject({ code: 'rest-unreachable', message: expect.stringContaining('in time') });
    expect(sockets).toHaveLength(1);
  });
});

describe('whom a session trusts', () => {
  const trust = (...certificates: readonly Certificate[]): RestConnection['trust'] =>
    restTrust(certificates.map((certificate, index) => ({ label: `000${index + 1}`, certificate })));

  it('takes any published generation, superseded ones as well', async () => {
    const next = certificateForRest(['localhost'], later(new Date(), -7200));
    const connection = connectionTo(house, { trust: trust(house.restApi.certificate, next.certificate) });
    expect(await errorOf(connection)).toBeUndefined();
    house.vb365.useServerCertificate(next);
    expect(await errorOf(connection)).toBeUndefined();
  });

  it('refuses any other, of the same name and even the same key, and names both', async () => {
    const other = certificateForRest(['localhost'], later(new Date(), -7200));
    house.vb365.useServerCertificate(other);
    const error = await errorOf(connectionTo(house));
    expect(error).toMatchObject({ code: 'rest-certificate-untrusted' });
    expect(error?.message).toContain(other.certificate.thumbprint);
    expect(error?.message).toContain(other.certificate.thumbprintSha256);
    expect(error?.message).toContain(`0001 ${house.restApi.certificate.thumbprint}`);
    expect(house.vb365.log.count()).toBe(0);
  });

  it('verifies certificates whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const other = certificateForRest(['localhost'], later(new Date(), -7200));
    const lib = join(COMPILED, 'lib', 'rest');
    const script = `const { withRestSession } = require(${JSON.stringify(join(lib, 'client.js'))});
      const { restTrust } = require(${JSON.stringify(join(lib, 'trust.js'))});
      const address = { hostName: 'localhost', port: ${house.vb365.port} };
      const trust = restTrust([], ${JSON.stringify(other.certificate.pem)});
      withRestSession({ address, trust, username: 'user', password: 'password' }, () => undefined)
        .then(() => console.log('signed in'), ({ code }) => console.log(code));`;
    const env = { ...process.env, NODE_OPTIONS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
    expect(stdout).toBe('rest-certificate-untrusted\n');
    expect(house.vb365.log.count()).toBe(0);
  });

  it('refuses one for another host, and names what it is for', async () => {
    const elsewhere = certificateForRest(['vb365.example.com']);
    house.vb365.useServerCertificate(elsewhere);
    expect(await errorOf(connectionTo(house, { trust: trust(elsewhere.certificate) }))).toMatchObject({
      code: 'rest-certificate-host',
      message: expect.stringContaining('vb365.example.com'),
    });
  });

  it.each([
    ['has expired', -400],
    ['is not valid yet', 2],
  ])('refuses one that %s', async (words, days) => {
    const untimely = certificateForRest(['localhost'], later(new Date(), days * 86_400));
    house.vb365.useServerCertificate(untimely);
    expect(await errorOf(connectionTo(house, { trust: trust(untimely.certificate) }))).toMatchObject({
      code: 'rest-certificate-expired',
      message: expect.stringContaining(words),
    });
  });

  it('takes one of a company authority by its thumbprint without the root, or by a CA file', async () => {
    const authority = new Authority();
    try {
      const extensions = ['-addext', 'subjectAltName=DNS:localhost', '-addext', 'extendedKeyUsage=serverAuth'];
      const issue = (): Certificate =>
        Certificate.fromPem(authority.sign(opensslRequest('rsa-2048', '/CN=localhost', ...extensions)));
      const [certificate, another] = [issue(), issue()];
      const chain = [Certificate.fromPem(authority.issuing)];
      const serve = (one: Certificate): void => {
        house.vb365.useServerCertificate({ certificate: one, privateKey: testKey('rsa-2048'), chain });
      };
      serve(certificate);
      expect(await errorOf(connectionTo(house, { trust: trust(certificate) }))).toBeUndefined();
      serve(another);
      const pinned = await errorOf(connectionTo(house, { trust: trust(certificate) }));
      expect(pinned?.code).toBe('rest-certificate-untrusted');
      expect(await errorOf(connectionTo(house, { trust: restTrust([], authority.root) }))).toBeUndefined();
    } finally {
      authority.dispose();
    }
  });

  it('says where there is nothing to go by', () => {
    expect(thrownBy(() => restTrust([]))?.code).toBe('rest-trust-missing');
    expect(thrownBy(() => restTrust([], 'no certificate'))?.code).toBe('certificate-unreadable');
  });

  it('says that a port does not speak TLS as it should', async () => {
    const { createServer: createPlainServer } = await import('node:http');
    const plain = createPlainServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    const { port } = plain.address() as AddressInfo;
    const error = await errorOf(connectionTo(house, { address: { hostName: 'localhost', port } }));
    plain.close();
    expect(error?.code).toBe('rest-unreachable');
  });
});

describe('answers that are not to be trusted', () => {
  const token = JSON.stringify({ access_token: 'token-canary' });

  /** A server that answers the sign-in rightly and everything else as told. */
  async function answering(
    status: number,
    body: string,
    headers: Record<string, string> = {},
    signedIn = token,
  ): Promise<Vb365Error | undefined> {
    const server = createServer(tlsOptionsOf(house.restApi), (request, response) => {
      const isToken = request.url === '/v8/token';
      response.writeHead(isToken ? 200 : status, isToken ? {} : headers).end(isToken ? signedIn : body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await errorOf(
        connectionTo(house, {
          address: { hostName: 'localhost', port },
          password: 'password-canary',
          limits: { ...shortLimits, retryMilliseconds: 10 },
        }),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it.each([
    ['HTML', 200, '<!DOCTYPE html>'],
    ['nothing', 200, ''],
    ['another shape', 200, '{"version":5}'],
    ['a list', 200, '[]'],
    ['more than a megabyte', 200, JSON.stringify({ version: 'x'.repeat(2_000_000) })],
  ])('refuses %s', async (_name, status, body) => {
    expect((await answering(status, body))?.code).toBe('rest-answer-malformed');
  });

  it.each(['a\r\nb: c', 'a b', 'tökén', ''])('refuses the token %j', async (unfit) => {
    expect(await answering(200, '{}', {}, JSON.stringify({ access_token: unfit }))).toMatchObject({
      code: 'rest-answer-malformed',
      message: expect.stringContaining('access_token'),
    });
  });

  it('follows no redirect', async () => {
    expect(await answering(302, '', { location: 'https://example.com/' })).toMatchObject({
      code: 'rest-refused',
      message: expect.stringContaining('HTTP 302'),
      cure: expect.stringContaining('redirections are not followed'),
    });
  });

  it.each([400, 401, 403, 418, 500, 503])('repeats no secret that an answer of %i repeats', async (status) => {
    const message = 'canaries: password-canary, token-canary, \u001b[31m';
    const error = await answering(status, JSON.stringify({ message }));
    expect(error?.message).toContain('canaries: [secret], [secret], [31m');
    expect(inspect(error, { depth: 9 })).not.toMatch(/(?:password|token)-canary/);
  });
});
