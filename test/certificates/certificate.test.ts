import { createHash, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { Certificate } from '../../lib/certificates/certificate';
import { noon, selfSigned } from '../support/self-signed';
import { factsFromOpenssl, factsOf } from '../support/certificate-facts';
import { openssl, opensslCertificate, type OpensslCertificateOptions, testKey } from '../support/openssl';
import { thrownBy } from '../support/thrown';

const NAMES = 'DNS:vb365.example.com, DNS:*.example.org, IP:192.0.2.10, IP:2001:db8::ff00:42:8329, IP:::1';

const certificates: readonly (readonly [string, OpensslCertificateOptions])[] = [
  ['an RSA key and no extensions', {}],
  ['an RSA key of 1024 bits', { key: 'rsa-1024' }],
  ['an RSA key of 3072 bits', { key: 'rsa-3072' }],
  ['an RSA-PSS key', { key: 'rsa-pss-2048' }],
  ['an elliptic curve', { key: 'ec', signing: ['-sha384'] }],
  ['an elliptic curve signed with SHA-1', { key: 'ec', signing: ['-sha1'] }],
  ['an Ed25519 key', { key: 'ed25519', signing: [] }],
  ['an MD5 signature', { signing: ['-md5'] }],
  ['a SHA-1 signature', { signing: ['-sha1'] }],
  ['a SHA-224 signature', { signing: ['-sha224'] }],
  ['a SHA-384 signature', { signing: ['-sha384'] }],
  ['a SHA-512 signature', { signing: ['-sha512'] }],
  ['an RSASSA-PSS signature with SHA-1', { signing: ['-sha1', '-sigopt', 'rsa_padding_mode:pss'] }],
  ['an RSASSA-PSS signature with SHA-256', { signing: ['-sha256', '-sigopt', 'rsa_padding_mode:pss'] }],
  ['an RSASSA-PSS signature with SHA-512', { signing: ['-sha512', '-sigopt', 'rsa_padding_mode:pss'] }],
  ['names of every kind', { extensions: [`subjectAltName = ${NAMES}, email:a@example.com, URI:https://example.com/`] }],
  ['an other name', { extensions: ['subjectAltName = otherName:1.3.6.1.4.1.311.20.2.3;UTF8:a@b, DNS:a.example'] }],
  ['the first and the last key usage', { extensions: ['keyUsage = critical, digitalSignature, decipherOnly'] }],
  [
    'eight key usages',
    {
      extensions: [
        `keyUsage = digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, keyCertSign, cRLSign, encipherOnly`,
      ],
    },
  ],
  ['extended key usages', { extensions: ['extendedKeyUsage = serverAuth, clientAuth, codeSigning, 1.2.3.4'] }],
  [
    'application policies as Active Directory makes them, and an identifier made of a UUID',
    {
      extensions: [
        'extendedKeyUsage = serverAuth, 1.3.6.1.4.1.311.21.8.12278694.3326735.11487895.5786120.12498484.138.1.400, 2.25.340282366920938463463374607431768211455',
        '1.3.6.1.4.1.311.21.8.12278694.3326735.11487895.5786120.12498484.138.1.400.1.1.1.1 = DER:0500',
      ],
    },
  ],
  ['any extended key usage', { extensions: ['extendedKeyUsage = anyExtendedKeyUsage'] }],
  ['a private extension that is not ASN.1', { extensions: ['1.2.3.4 = DER:ff', `subjectAltName = ${NAMES}`] }],
  ['a certification authority', { extensions: ['basicConstraints = critical, CA:TRUE'] }],
  ['an issuer of its own', { byAuthority: true, extensions: ['subjectAltName = DNS:a.example'] }],
  ['an issuer that signs with SHA-1', { byAuthority: true, signing: ['-sha1'] }],
  ['a UTF-8 subject', { subject: '/CN=Rücksicherung €/O=株式会社/OU=😀' }],
  ['a subject with several values in one part', { subject: '/CN=vb365+OU=backup/O=Example' }],
  ['a subject with commas, quotes and backslashes', { subject: '/CN=a, b="c" \\\\ d+OU=#x/O= y ' }],
  ['an empty subject', { subject: '/' }],
];

describe('Certificate', () => {
  it.each(certificates)('says the same as openssl about %s', (_, options) => {
    const certificate = opensslCertificate(options);

    expect(factsOf(certificate)).toEqual(factsFromOpenssl(certificate));
  });

  it('gives the PEM of openssl without a newline at the end', () => {
    const certificate = opensslCertificate();

    expect(`${certificate.pem}\n`).toBe(openssl(['x509'], certificate.pem));
  });

  it('reads DER, and PEM with text around it and with CR LF', () => {
    const certificate = selfSigned();
    const dressed = `Subject: x\r\n${certificate.pem.replaceAll('\n', '\r\n')}\r\ntrailer`;

    expect(Certificate.fromDer(certificate.der).equals(certificate)).toBe(true);
    expect(Certificate.fromPem(dressed).pem).toBe(certificate.pem);
  });

  it('reads every certificate of a PEM text in its order', () => {
    const first = selfSigned();
    const second = opensslCertificate();

    const read = Certificate.allFromPem(`${first.pem}\n# between\n${second.pem}\n`);

    expect(read.map((certificate) => certificate.thumbprint)).toEqual([first.thumbprint, second.thumbprint]);
    expect(Certificate.allFromPem('nothing')).toEqual([]);
  });

  it.each([
    ['a text without a certificate', () => Certificate.fromPem('hello')],
    ['a private key', () => Certificate.fromPem(testKey('ec').export({ type: 'pkcs8', format: 'pem' }).toString())],
    ['a damaged block', () => Certificate.fromPem('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')],
    ['DER that is cut off', () => Certificate.fromDer(selfSigned().der.subarray(0, -1))],
    ['a date that is none', () => Certificate.fromDer(withDate(selfSigned(), '261301120000Z'))],
  ])('fails for %s', (_, read) => {
    expect(thrownBy(read)?.code).toBe('certificate-unreadable');
  });

  it('fails for names that are not ASN.1 once they are asked for', () => {
    const certificate = opensslCertificate({ extensions: ['2.5.29.17 = DER:30:05:82'] });

    expect(thrownBy(() => certificate.dnsNames)?.code).toBe('certificate-unreadable');
  });

  it('throws nothing but its own error, whatever bytes are damaged', () => {
    const { der } = opensslCertificate({
      extensions: [`subjectAltName = ${NAMES}`, 'keyUsage = digitalSignature', 'extendedKeyUsage = serverAuth'],
    });
    const damage = fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, (changes) => {
        const damaged = Buffer.from(der);
        for (const [offset, octet] of changes) damaged[offset] = octet;
        thrownBy(() => [factsOf(Certificate.fromDer(damaged)), Certificate.fromDer(damaged).coversHost('a.example')]);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the private key that belongs to it', () => {
    const certificate = selfSigned();

    expect(certificate.belongsTo(testKey('rsa-2048'))).toBe(true);
    expect(certificate.belongsTo(testKey('rsa-1024'))).toBe(false);
    expect(certificate.belongsTo(testKey('ec'))).toBe(false);
  });

  it('gives certificates of one key the same public key hash', () => {
    const key = createPublicKey(testKey('rsa-2048')).export({ type: 'spki', format: 'der' });

    expect(selfSigned().publicKeyHash).toBe(createHash('sha256').update(key).digest('hex'));
    expect(opensslCertificate().publicKeyHash).toBe(selfSigned().publicKeyHash);
    expect(opensslCertificate({ key: 'ec' }).publicKeyHash).not.toBe(selfSigned().publicKeyHash);
  });

  describe('isSelfSigned', () => {
    it('holds for a certificate whose key usage does not allow to sign certificates', () => {
      expect(opensslCertificate({ extensions: ['keyUsage = critical, digitalSignature'] }).isSelfSigned).toBe(true);
    });

    it('does not hold where an authority of the same name has signed', () => {
      const namesake = opensslCertificate({ byAuthority: true, subject: '/CN=Test CA' });

      expect(namesake.issuer).toBe(namesake.subject);
      expect(namesake.isSelfSigned).toBe(false);
    });
  });

  describe('isIssuedBy', () => {
    const authority = opensslCertificate({ subject: '/CN=Test CA', extensions: ['basicConstraints = CA:TRUE'] });

    it('holds for the authority that signed', () => {
      expect(opensslCertificate({ byAuthority: true }).isIssuedBy(authority)).toBe(true);
    });

    it('does not hold for an authority of the same name with another key', () => {
      const other = opensslCertificate({
        key: 'ec',
        subject: '/CN=Test CA',
        extensions: ['basicConstraints = CA:TRUE'],
      });

      expect(opensslCertificate({ byAuthority: true }).isIssuedBy(other)).toBe(false);
    });

    it('does not hold for the same key under another name', () => {
      expect(opensslCertificate({ byAuthority: true }).isIssuedBy(opensslCertificate())).toBe(false);
    });
  });

  describe('coversHost', () => {
    const named = opensslCertificate({ subject: '/CN=common.example', extensions: [`subjectAltName = ${NAMES}`] });
    const unnamed = opensslCertificate({ subject: '/CN=common.example' });
    const addressed = opensslCertificate({
      subject: '/CN=common.example',
      extensions: ['subjectAltName = IP:192.0.2.10'],
    });

    it.each([
      'vb365.example.com',
      'VB365.Example.COM',
      'a.example.org',
      '192.0.2.10',
      '2001:db8:0:0:0:ff00:42:8329',
      '::1',
    ])('holds for %s, which is among the alternative names', (host) => {
      expect(named.coversHost(host)).toBe(true);
    });

    it('does not let a wildcard stand for several labels or for none', () => {
      expect(named.coversHost('a.b.example.org')).toBe(false);
      expect(named.coversHost('example.org')).toBe(false);
    });

    it('takes * for a whole label only', () => {
      const partial = opensslCertificate({ extensions: ['subjectAltName = DNS:vb*.example.org, DNS:a.*.example.org'] });

      expect(partial.coversHost('vb365.example.org')).toBe(false);
      expect(partial.coversHost('a.b.example.org')).toBe(false);
    });

    it('looks at the common name only where there are no alternative names', () => {
      expect(unnamed.coversHost('common.example')).toBe(true);
      expect(named.coversHost('common.example')).toBe(false);
      expect(addressed.coversHost('common.example')).toBe(false);
    });

    it('does not take a DNS name for an address', () => {
      const disguised = opensslCertificate({
        subject: '/CN=192.0.2.10',
        extensions: ['subjectAltName = DNS:192.0.2.10'],
      });

      expect(disguised.coversHost('192.0.2.10')).toBe(false);
    });
  });
});

/** The certificate with another notBefore of the same length; its signature no longer fits, which nobody asks here. */
function withDate(certificate: Certificate, date: string): Buffer {
  const der = Buffer.from(certificate.der);
  der.write(
    date,
    der.indexOf(
      noon
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(2),
    ),
    'latin1',
  );
  return der;
}
