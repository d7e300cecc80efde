import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { createCertificateAuthority } from '../../emulators/certificate-authority';
import { writePfx } from '../../lib/certificates/pfx/write';
import { readApplication } from '../../lib/verify/application';
import { clientIdsOf } from '../../lib/verify/client-ids';
import { Clouds } from '../../lib/verify/cloud';
import { Network, type NetworkEnvironment } from '../../lib/verify/network';
import { type ReaderEnvironment, readerOf } from '../../lib/verify/reader';
import { signIn } from '../../lib/verify/sign-in';
import { COMPILED } from '../support/compile';
import { testKey } from '../support/openssl';
import { selfSigned } from '../support/self-signed';
import { thrownBy } from '../support/thrown';

let folder: string;
let server: Server;
let host: string;
let network: Network;
/** What the server answers next, and what it was asked. */
let answers: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }[];
let asked: { readonly url: string; readonly authorization: string }[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vb365-verify-'));
  const authority = await createCertificateAuthority(new Date());
  const { certificatePem: cert, privateKeyPem: key } = await authority.issueServerCertificate(['localhost']);
  writeFileSync(join(folder, 'ca.pem'), authority.certificatePem);
  server = createServer({ cert, key }, ({ headers, url = '' }, response) => {
    asked.push({ url, authorization: headers.authorization ?? '' });
    const { body, headers: more, status } = answers.shift() ?? { status: 500, body: '' };
    response.writeHead(status, more).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  host = `localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
  network = new Network({ SSL_CERT_FILE: join(folder, 'ca.pem') });
});

beforeEach(() => {
  answers = [];
  asked = [];
});

afterAll(async () => {
  await network.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('readerOf', () => {
  const proofOf = (environment: ReaderEnvironment): Promise<unknown> =>
    readerOf({ ARM_CLIENT_ID: 'x', ...environment }, network)?.proof() ?? Promise.resolve(undefined);

  it('knows no account where the environment has none', async () => {
    expect(readerOf({ ARM_CLIENT_SECRET: 'secret' }, network)).toBeUndefined();
    expect(await proofOf({ ARM_CLIENT_SECRET: '', ARM_USE_OIDC: 'false', ARM_OIDC_TOKEN: 'token' })).toBeUndefined();
  });

  it('takes a secret, a token, and a token from a file', async () => {
    expect(await proofOf({ ARM_CLIENT_SECRET: 'secret' })).toEqual({ secret: 'secret' });
    expect(await proofOf({ ARM_USE_OIDC: 'true', ARM_OIDC_TOKEN: 'token' })).toEqual({ federatedToken: 'token' });
    const file = write('token', 'token\n');
    expect(await proofOf({ ARM_USE_OIDC: '1', ARM_OIDC_TOKEN_FILE_PATH: file })).toEqual({ federatedToken: 'token' });
  });

  it('takes a certificate', async () => {
    const certificate = selfSigned();
    const privateKey = testKey('rsa-2048');
    const content = { certificate, chain: [], privateKey, password: 'password', friendlyName: 'x' };
    const file = write('reader.pfx', writePfx({ ...content, encryption: 'modern' }));
    const variables = { ARM_CLIENT_CERTIFICATE_PATH: file, ARM_CLIENT_CERTIFICATE_PASSWORD: 'password' };
    expect(await proofOf(variables)).toMatchObject({ certificate: { thumbprint: certificate.thumbprint } });
  });

  it('asks GitHub for a token', async () => {
    answers.push({ status: 200, body: '{"value":"token"}' });
    const variables = {
      ARM_USE_OIDC: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: `https://${host}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer',
    };
    expect(await proofOf(variables)).toEqual({ federatedToken: 'token' });
    expect(asked).toEqual([
      { url: '/token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange', authorization: 'Bearer bearer' },
    ]);
    answers.push({ status: 403, body: 'no' });
    await expect(proofOf(variables)).rejects.toMatchObject({ code: 'reader-account-unusable' });
  });
});

describe('Clouds', () => {
  it('has those of Microsoft, and asks nobody', async () => {
    expect(await new Clouds(network, '').of('us-defence')).toMatchObject({
      login: 'https://login.microsoftonline.us',
      graph: 'https://dod-graph.microsoft.us',
    });
    expect(asked).toEqual([]);
  });

  it.each([
    [200, 'not JSON'],
    [200, '{"microsoftGraphResourceId":"http://graph","authentication":{"loginEndpoint":"https://login"}}'],
    [404, '{"microsoftGraphResourceId":"https://graph","authentication":{"loginEndpoint":"https://login"}}'],
  ])('refuses a description with %i %s', async (status, body) => {
    answers.push({ status, body });
    await expect(new Clouds(network, host).of('worldwide')).rejects.toMatchObject({ code: 'cloud-metadata-malformed' });
  });
});

describe('readApplication', () => {
  const read = () => readApplication({ login: '', graph: `https://${host}` }, 'client', 'token', network);
  const credential = { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' };
  const answer = (keyCredentials: readonly object[]): { status: number; body: string } => ({
    status: 200,
    body: JSON.stringify({ keyCredentials, requiredResourceAccess: [] }),
  });

  it.each([
    ['hex', '0f3a0f3a0f3a0f3a0f3a0f3a0f3a0f3a0f3a0f3a', '0F3A'.repeat(10)],
    ['base64', Buffer.from('0f3a'.repeat(10), 'hex').toString('base64'), '0F3A'.repeat(10)],
    ['no form that is a thumbprint', 'bXkgb3du', null],
  ])('reads a thumbprint in %s', async (_, customKeyIdentifier, thumbprint) => {
    answers.push(answer([{ ...credential, customKeyIdentifier, key: 'AAAA', displayName: null }]));
    expect(await read()).toMatchObject({ credentials: [{ thumbprint, displayName: '' }] });
  });

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'missing'],
  ])('takes %i for %s', async (status, what) => {
    answers.push({ status, body: '' });
    expect(await read()).toBe(what);
  });

  it('asks again where Graph throttles', async () => {
    answers.push({ status: 429, body: '', headers: { 'retry-after': '0' } }, { status: 503, body: '' }, answer([]));
    expect(await read()).toMatchObject({ credentials: [] });
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['a page of a proxy', 200, '<html>'],
    [
      'dates that are none',
      200,
      JSON.stringify({ keyCredentials: [{ startDateTime: 'x' }], requiredResourceAccess: [] }),
    ],
    ['an error', 500, ''],
    ['a redirection', 302, ''],
  ])('does not take %s for an application', async (_, status, body) => {
    answers.push({ status, body });
    await expect(read()).rejects.toMatchObject({
      code: 'verify-unreachable',
      message: `${host} answered ${status}, and not as Microsoft Graph does`,
    });
  });
});

describe('Network', () => {
  /** Opens tunnels, and counts them. */
  async function withProxy(status: number, work: (address: string, tunnels: string[]) => Promise<void>): Promise<void> {
    const tunnels: string[] = [];
    const proxy = createHttpServer();
    proxy.on('connect', ({ url = '' }, socket: Socket) => {
      tunnels.push(url);
      socket.on('error', () => undefined);
      if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      const target = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(target).pipe(socket);
      });
      return target.on('error', () => undefined);
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const address = proxy.address();
    await work(`localhost:${typeof address === 'object' && address !== null ? address.port : 0}`, tunnels);
    proxy.closeAllConnections();
    proxy.close();
  }

  const through = (variables: NetworkEnvironment): Network =>
    new Network({ SSL_CERT_FILE: join(folder, 'ca.pem'), ...variables });

  it('goes through the proxy of the environment, but not to what NO_PROXY names', async () => {
    await withProxy(200, async (proxy, tunnels) => {
      answers.push({ status: 200, body: 'one' }, { status: 200, body: 'two' });
      const proxied = through({ HTTPS_PROXY: proxy });
      expect(await proxied.ask(`https://${host}/`, { method: 'GET' })).toMatchObject({ body: 'one' });
      expect(tunnels).toEqual([host]);
      await proxied.close();
      const direct = through({ https_proxy: `http://${proxy}`, NO_PROXY: 'localhost' });
      expect(await direct.ask(`https://${host}/`, { method: 'GET' })).toMatchObject({ body: 'two' });
      expect(tunnels).toHaveLength(1);
      await direct.close();
    });
  });

  it('says that the proxy refuses', async () => {
    await withProxy(407, async (proxy) => {
      const proxied = through({ HTTPS_PROXY: `http://user:Canary@${proxy}` });
      const error: unknown = await proxied
        .ask(`https://${host}/`, { method: 'GET' })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'verify-unreachable',
        message: expect.stringContaining('the proxy refuses'),
      });
      expect(inspect(error, { depth: 9 })).not.toContain('Canary');
      await proxied.close();
    });
  });

  it('verifies certificates whatever NODE_TLS_REJECT_UNAUTHORIZED says, through a proxy too', async () => {
    await withProxy(200, async (proxy, tunnels) => {
      const script = `const { Network } = require(${JSON.stringify(join(COMPILED, 'lib/verify/network.js'))});
        const ask = (environment) => new Network(environment).ask('https://${host}/', { method: 'GET' });
        for (const environment of [{}, { HTTPS_PROXY: '${proxy}' }])
          ask(environment).then(() => console.log('answered'), ({ message }) => console.log(message));`;
      const env = { ...process.env, NODE_OPTIONS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
      expect(stdout.match(/shows a certificate that this machine does not trust/g)).toHaveLength(2);
      expect({ asked, tunnels }).toEqual({ asked: [], tunnels: [host] });
    });
  });

  it('refuses what is no address of a proxy, without repeating it', () => {
    const error = thrownBy(() => through({ HTTPS_PROXY: 'http://user:Canary@:x' }));
    expect(error?.code).toBe('proxy-address-invalid');
    expect(inspect(error)).not.toContain('Canary');
  });
});

describe('signIn', () => {
  it('does not take the page of a proxy for Entra', async () => {
    answers.push({ status: 407, body: '<html>' }, { status: 407, body: '<html>' });
    const request = { cloud: { login: `https://${host}`, graph: '' }, tenantId: 'tenant', clientId: 'client' };
    await expect(signIn({ ...request, proof: { secret: 'secret' } }, network)).rejects.toMatchObject({
      code: 'verify-unreachable',
      message: `${host} answered 407, and not as Entra does`,
    });
  });
});

/** Only the program is needed, without any provider. */
const withTerraform = spawnSync('terraform', ['version']).error === undefined ? it : it.skip;

describe('clientIdsOf', () => {
  const clients = { 'contoso/entra-application': '10000000-0000-4000-8000-000000000002' };

  withTerraform('reads the output of a deployed stack', async () => {
    const output = { value: clients, type: ['object', { 'contoso/entra-application': 'string' }] };
    const state = {
      version: 4,
      terraform_version: '1.7.0',
      serial: 1,
      lineage: 'x',
      outputs: { clients: output },
      resources: [],
    };
    write('terraform.tfstate', JSON.stringify(state));
    expect(await clientIdsOf(folder)).toEqual(new Map(Object.entries(clients)));
  });

  it.each([
    ['azurerm', 'hunter2'],
    ['local', 'none'],
  ])(
    'gives the terraform that is named, with a state in %s, of the secrets that there are: %s',
    async (type, secret) => {
      const stack = mkdtempSync(join(folder, 'stack-'));
      const program = join(stack, 'tofu');
      writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify({ terraform: { backend: { [type]: {} } } }));
      const ids = JSON.stringify({ clients: { value: clients } });
      const script = `#!/bin/sh\necho "\${VB365_REST_PASSWORD-none} \${ARM_CLIENT_SECRET-none}" > seen\necho '${ids}'\n`;
      writeFileSync(program, script, { mode: 0o755 });
      const account = { VB365_REST_PASSWORD: 'hunter3', ARM_CLIENT_SECRET: 'hunter2', TERRAFORM_BINARY_NAME: program };
      expect(await clientIdsOf(stack, { ...process.env, ...account })).toEqual(new Map(Object.entries(clients)));
      expect(readFileSync(join(stack, 'seen'), 'utf8')).toBe(`none ${secret}\n`);
    },
  );

  it('knows nothing of a stack that is not there, or was never deployed', async () => {
    expect(await clientIdsOf(join(folder, 'absent'))).toEqual(new Map());
    expect(await clientIdsOf(join(folder, 'ca.pem'))).toEqual(new Map());
    expect(await clientIdsOf(mkdtempSync(join(folder, 'empty-')))).toEqual(new Map());
  });
});
