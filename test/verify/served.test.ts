import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Certificate } from '../../lib/certificates/certificate';
import { certificateProfile } from '../../lib/certificates/profile';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { lineagesOf } from '../../lib/config/lineages';
import { judgeServed, type KnownLineage } from '../../lib/verify/served';
import { lookAtTls, type ServedCertificates } from '../../lib/verify/tls';
import { Authority } from '../support/authority';
import { configurationOf, primary } from '../support/configuration';
import { opensslRequest, testKey } from '../support/openssl';
import { later, noon, selfSigned } from '../support/self-signed';

const servers: Server[] = [];
const sockets = new Set<Socket>();
let authority: Authority;

const [, restApi] = lineagesOf(configurationOf({ installations: [primary] })) as [unknown, LineageDeclaration];
const profile = certificateProfile('rest-api', { commonName: 'localhost', hosts: ['localhost', '127.0.0.1'] });

beforeAll(() => {
  authority = new Authority();
});

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  authority.dispose();
});

/** @returns the port */
function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function serve(chain: readonly string[], received: Buffer[] = []): Promise<number> {
  const key = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
  const server = createTlsServer({ cert: chain.join('\n'), key }, (socket) => {
    socket.on('data', (data: Buffer) => received.push(data));
  });
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

describe('lookAtTls', () => {
  it('sees what is served, whoever issued it and however old it is, and sends nothing', async () => {
    const expired = selfSigned({ profile, notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') });
    const received: Buffer[] = [];
    const { issuers, leaf } = await lookAtTls({ host: 'localhost', port: await serve([expired.pem], received) });
    expect(leaf.equals(expired)).toBe(true);
    expect({ issuers, received }).toEqual({ issuers: [], received: [] });
  });

  it('sees the issuers that the server sends, and no others', async () => {
    const leaf = authority.sign(opensslRequest('rsa-2048', '/CN=localhost'));
    const alone = await lookAtTls({ host: '127.0.0.1', port: await serve([leaf]) });
    expect(alone.issuers).toEqual([]);
    const whole = await lookAtTls({ host: '127.0.0.1', port: await serve([leaf, authority.issuing, authority.root]) });
    expect(whole.issuers.map(({ subject }) => subject)).toEqual(['CN=Test Issuing', 'CN=Test Root']);
  });

  it('says that nobody listens', async () => {
    const port = await listen(createTcpServer());
    await new Promise((done) => servers.pop()?.close(done));
    await expect(lookAtTls({ host: 'localhost', port })).rejects.toMatchObject({
      code: 'verify-unreachable',
      message: `localhost:${port} refused the connection`,
    });
  });

  it('says that a name cannot be resolved', async () => {
    await expect(lookAtTls({ host: 'nowhere.invalid', port: 443 })).rejects.toMatchObject({
      code: 'verify-unreachable',
      message: expect.stringContaining('is a name that cannot be resolved'),
    });
  });

  it.each([
    [
      'speaks HTTP in clear',
      'answers something else than TLS',
      (socket: Socket) => socket.write('HTTP/1.1 400 Bad\r\n\r\n'),
      undefined,
    ],
    ['hangs up', 'ended the connection during the handshake', (socket: Socket) => socket.destroy(), undefined],
    ['says nothing', 'says nothing', () => undefined, 500],
  ])('tells of a server that %s', async (_, words, answer, timeout) => {
    const port = await listen(createTcpServer(answer));
    await expect(lookAtTls({ host: 'localhost', port }, timeout)).rejects.toMatchObject({
      code: 'served-without-tls',
      message: `localhost:${port} takes the connection and ${words}`,
    });
  });
});

describe('judgeServed', () => {
  const old = selfSigned({ profile, notBefore: later(noon, -86_400) });
  const current = selfSigned({ profile });

  function known(...certificates: readonly Certificate[]): KnownLineage {
    const generations = certificates.map((certificate, index) => ({
      label: `000${index + 1}`,
      certificate,
      chain: [],
    }));
    return { declaration: restApi, generations };
  }

  function judge(served: ServedCertificates, options: { lineage?: KnownLineage; host?: string; at?: Date } = {}) {
    const { at = later(noon, 60), host = 'localhost', lineage = known(old, current) } = options;
    const { detail, findings } = judgeServed({ lineage, address: { host, port: 4443 }, served, at });
    return {
      detail,
      found: findings.map(({ id, severity }) => `${severity} ${id}`),
      said: findings.map(({ message }) => message).join(),
    };
  }

  it.each([
    ['the current one', current, 'serves the current 0002', []],
    ['a superseded one', old, 'serves the superseded 0001', ['warning served-certificate-superseded']],
  ])('knows %s', (_, leaf, detail, found) => {
    expect(judge({ leaf, issuers: [] })).toMatchObject({ detail, found });
  });

  it('takes the certificate of the other lineage where either is right', () => {
    const lineage = known(selfSigned({ profile, notBefore: later(noon, -9) }));
    const { detail, findings } = judgeServed({
      lineage: { ...lineage, declaration: { ...restApi, name: 'primary/restore-portal' } },
      orElse: known(old, current),
      address: { host: 'localhost', port: 4443 },
      served: { leaf: current, issuers: [] },
      at: later(noon, 60),
    });
    expect({ detail, findings }).toEqual({ detail: 'serves the current 0002 of primary/rest-api', findings: [] });
  });

  it('does not know any other, and shows its subject in one line', () => {
    const { found, said } = judge({ leaf: selfSigned({ profile, notBefore: later(noon, -5) }), issuers: [] });
    expect(found).toEqual(['error served-certificate-unknown']);
    expect(said).toContain('"CN=localhost"');
  });

  it.each([
    ['vb365.example.com', ['error served-host-name-differs']],
    ['127.0.0.2', ['error served-host-name-differs']],
    ['127.0.0.1', []],
  ])('compares the name %s with those of the certificate', (host, found) => {
    expect(judge({ leaf: current, issuers: [] }, { host }).found).toEqual(found);
  });

  it('counts the first and the last second of the validity', () => {
    const at = (date: Date): readonly string[] => judge({ leaf: current, issuers: [] }, { at: date }).found;
    expect(at(current.notAfter)).toEqual([]);
    expect(at(later(current.notAfter, 1))).toEqual(['error served-certificate-expired']);
    expect(at(current.notBefore)).toEqual([]);
    expect(at(later(current.notBefore, -1))).toEqual(['error served-certificate-expired']);
  });

  it('asks for the issuers that lead to the root, not for the root', () => {
    const request = opensslRequest('rsa-2048', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost');
    const leaf = Certificate.fromPem(authority.sign(request));
    const [issuing, root] = [authority.issuing, authority.root].map((pem) => Certificate.fromPem(pem)) as [
      Certificate,
      Certificate,
    ];
    const at = later(leaf.notBefore, 60);
    const lineage = {
      declaration: restApi,
      generations: [{ label: '0001', certificate: leaf, chain: [issuing, root] }],
    };
    expect(judge({ leaf, issuers: [issuing] }, { lineage, at }).found).toEqual([]);
    const incomplete = judge({ leaf, issuers: [] }, { lineage, at });
    expect(incomplete.found).toEqual(['warning served-chain-incomplete']);
    expect(incomplete.said).toContain('"CN=Test Issuing"');
    expect(judge({ leaf, issuers: [] }, { lineage: known(leaf), at }).found).toEqual([
      'advice served-chain-incomplete',
    ]);
  });
});
