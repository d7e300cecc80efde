import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect, type PeerCertificate } from 'node:tls';
import { type CertificateAuthority, createCertificateAuthority } from '../../emulators/certificate-authority';
import { Certificate } from '../../lib/certificates/certificate';

let authority: CertificateAuthority;
let port: number;
let close: () => void;

beforeAll(async () => {
  authority = await createCertificateAuthority(new Date());
  const { certificatePem, privateKeyPem } = await authority.issueServerCertificate(['localhost', '127.0.0.1']);
  const server = createServer({ cert: certificatePem, key: privateKeyPem }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  close = () => server.close();
});

afterAll(() => {
  close();
});

async function peer(options: { host?: string; ca?: string }): Promise<PeerCertificate> {
  const { host = 'localhost', ca } = options;
  const socket = connect({ host: '127.0.0.1', port, servername: host, ...(ca !== undefined && { ca }) });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate();
  } finally {
    socket.destroy();
  }
}

describe('createCertificateAuthority', () => {
  it('issues a certificate that clients of the authority accept', async () => {
    const { subject } = await peer({ ca: authority.certificatePem });
    expect(subject.CN).toBe('localhost');
  });

  it('is trusted by nobody else', async () => {
    await expect(peer({})).rejects.toThrow(/self.signed certificate/);
  });

  it('issues for the hosts that it is told, and no others', async () => {
    const { certificatePem } = await authority.issueServerCertificate(['localhost', '127.0.0.1']);
    const [server, issuer] = Certificate.allFromPem(certificatePem);
    expect(server?.dnsNames).toEqual(['localhost']);
    expect(server?.ipAddresses).toEqual(['127.0.0.1']);
    expect(server?.coversHost('example.com')).toBe(false);
    expect(server?.isIssuedBy(issuer!)).toBe(true);
    expect([server?.isCertificateAuthority, issuer?.isCertificateAuthority]).toEqual([false, true]);
  });
});
