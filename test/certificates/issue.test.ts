import { roleIds } from '../../lib/catalogue/roles';
import type { Certificate } from '../../lib/certificates/certificate';
import { issueSelfSigned, type IssueOptions } from '../../lib/certificates/issue';
import { judgeCertificate } from '../../lib/certificates/judge';
import { certificateProfile } from '../../lib/certificates/profile';
import { noon, selfSigned } from '../support/self-signed';
import { openssl, opensslCertificate, opensslSays } from '../support/openssl';

const hosts = ['vb365.example.com', '*.example.org', '192.0.2.10', '2001:db8::1'];
const profile = certificateProfile('restore-portal', { commonName: 'Rücksicherung €', hosts });

function issue(options: Partial<IssueOptions> = {}): ReturnType<typeof issueSelfSigned> {
  return issueSelfSigned({ profile, keySize: 2048, validityDays: 365, at: noon, ...options });
}

describe('issueSelfSigned', () => {
  let issued: Awaited<ReturnType<typeof issueSelfSigned>>;
  let certificate: Certificate;

  beforeAll(async () => {
    issued = await issue();
    certificate = issued.certificate;
  });

  it('gives the private key of the certificate and no chain', () => {
    expect(certificate.belongsTo(issued.privateKey)).toBe(true);
    expect(issued.chain).toEqual([]);
  });

  it('says what the profile asks for', () => {
    expect(certificate.subject).toBe('CN=Rücksicherung €');
    expect(certificate.issuer).toBe('CN=Rücksicherung €');
    expect(certificate.dnsNames).toEqual(profile.dnsNames);
    expect(certificate.ipAddresses).toEqual(profile.ipAddresses);
    expect(certificate.keyUsages).toEqual(profile.keyUsages);
    expect(certificate.extendedKeyUsages).toEqual(profile.extendedKeyUsages);
    expect(certificate.isCertificateAuthority).toBe(false);
  });

  it('signs with SHA-256 and its own key', () => {
    expect(certificate.signatureHash).toBe('sha256');
    expect(certificate.isSelfSigned).toBe(true);
  });

  it('is read by openssl as X.509 version 3 with these extensions and no others', () => {
    const text = opensslSays(certificate, '-text', '-nameopt', 'utf8');
    const extensions = text.slice(text.indexOf('X509v3 extensions:'), text.indexOf('    Signature Algorithm', 200));

    expect(text).toContain('Version: 3 (0x2)');
    expect(text).toContain('Subject: CN=Rücksicherung €');
    expect(extensions.match(/X509v3 [A-Z].*(?=\n)/g)?.map((line) => line.trimEnd())).toEqual([
      'X509v3 Basic Constraints: critical',
      'X509v3 Key Usage: critical',
      'X509v3 Extended Key Usage:',
      'X509v3 Subject Alternative Name:',
      'X509v3 Subject Key Identifier:',
    ]);
    expect(extensions).toContain('CA:FALSE');
  });

  it('encodes the name as UTF8String', () => {
    expect(openssl(['asn1parse'], certificate.pem)).toMatch(/UTF8STRING +:Rücksicherung €/);
  });

  it('names its key by the identifier that openssl computes', () => {
    const ofOpenssl = opensslCertificate({ extensions: ['subjectKeyIdentifier = hash'] });
    const identifier = (of: Certificate): string => opensslSays(of, '-ext', 'subjectKeyIdentifier');

    expect(identifier(selfSigned())).toMatch(/([0-9A-F]{2}:){19}[0-9A-F]{2}/);
    expect(identifier(selfSigned())).toBe(identifier(ofOpenssl));
  });

  it('has a serial number of its own, of 16 octets and positive', async () => {
    const other = await issue();

    expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(other.certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(other.certificate.serialNumber).not.toBe(certificate.serialNumber);
  });

  it('has a key of its own each time', async () => {
    const other = await issue();

    expect(other.certificate.publicKeyHash).not.toBe(certificate.publicKeyHash);
  });

  it('begins an hour before the moment of issuing and lasts whole days after it', () => {
    expect(certificate.notBefore).toEqual(new Date('2026-06-01T11:00:00Z'));
    expect(certificate.notAfter).toEqual(new Date('2027-06-01T12:00:00Z'));
  });

  it('drops the fraction of a second', async () => {
    const { certificate: late } = await issue({ at: new Date('2026-06-01T12:00:00.999Z'), validityDays: 1 });

    expect(late.notBefore).toEqual(new Date('2026-06-01T11:00:00Z'));
    expect(late.notAfter).toEqual(new Date('2026-06-02T12:00:00Z'));
  });

  it.each([2048, 3072] as const)('makes a key of %d bits', async (keySize) => {
    const { certificate: sized } = await issue({ keySize });

    expect(sized.keyAlgorithm).toBe('rsa');
    expect(sized.keySize).toBe(keySize);
  });

  it('has no alternative names where the profile has none', async () => {
    const nameless = await issue({ profile: certificateProfile('entra-application', { commonName: 'VB365 contoso' }) });

    expect(opensslSays(nameless.certificate, '-text')).not.toContain('Alternative Name');
  });

  it.each(roleIds)('passes every rule for role %s', async (role) => {
    const { certificate: fit } = await issue({ profile: certificateProfile(role, { commonName: 'VB365', hosts }) });

    const findings = judgeCertificate({
      certificate: fit,
      profile: certificateProfile(role, { commonName: 'VB365', hosts }),
      at: noon,
      minimumValidityDays: 365,
      subject: 'primary/server',
    });
    expect(findings).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 3_000_000])(
    'fails for a validity of %d days',
    async (days) => {
      await expect(issue({ validityDays: days })).rejects.toMatchObject({ code: 'certificate-validity-invalid' });
    },
  );

  it.each([
    ['before the year 1000', '1000-01-01T00:59:59Z'],
    ['in the year 0', '0000-01-01T00:00:00Z'],
    ['so late that it would end after 9999', '9999-06-01T00:00:00Z'],
  ])('fails at a moment %s', async (_, at) => {
    await expect(issue({ at: new Date(at) })).rejects.toMatchObject({
      code: 'certificate-validity-invalid',
      message: expect.stringContaining(at) as string,
    });
  });

  it('begins in the year 1000 at the earliest', async () => {
    const { certificate: early } = await issue({ at: new Date('1000-01-01T01:00:00Z') });
    expect(early.notBefore).toEqual(new Date('1000-01-01T00:00:00Z'));
    expect(early.notAfter).toEqual(new Date('1001-01-01T01:00:00Z'));
  });

  it.each([
    ['the last second of 1949', new Date('1949-12-31T23:59:59Z'), 'GENERALIZEDTIME', '19491231235959Z'],
    ['the first second of 1950', new Date('1950-01-01T00:00:00Z'), 'UTCTIME', '500101000000Z'],
    ['the last second of 2049', new Date('2049-12-31T23:59:59Z'), 'UTCTIME', '491231235959Z'],
    ['the first second of 2050', new Date('2050-01-01T00:00:00Z'), 'GENERALIZEDTIME', '20500101000000Z'],
    ['the last second of 9999', new Date('9999-12-31T23:59:59Z'), 'GENERALIZEDTIME', '99991231235959Z'],
  ])('writes %s as RFC 5280 asks', (_, notAfter, type, text) => {
    const dated = selfSigned({ notBefore: new Date('1900-01-01'), notAfter });

    expect(openssl(['asn1parse'], dated.pem)).toMatch(new RegExp(`${type} +:${text}`));
    expect(dated.notAfter).toEqual(notAfter);
  });
});
