import { readPemPair, type ReadPemPairOptions } from '../../lib/certificates/pem-pair';
import type { ErrorCode } from '../../lib/error-codes';
import { opensslCertificate, testKey, type TestKey } from '../support/openssl';
import { Workshop } from '../support/pfx-tools';
import { thrownBy } from '../support/thrown';

const workshop = new Workshop();
beforeAll(() => {
  workshop.makeChain();
});
afterAll(() => {
  workshop.dispose();
});

function text(name: string): string {
  return workshop.read(name).toString();
}

function convert(...options: string[]): string {
  workshop.openssl(...options, '-in', 'leaf.key', '-out', 'converted.key');
  return text('converted.key');
}

function subjectOf(texts: string | readonly string[], options?: ReadPemPairOptions): string {
  return readPemPair(texts, options).certificate.subject;
}

describe('readPemPair', () => {
  it('reads certificate, issuers and key from one text in any order', () => {
    const parts = ['root.crt', 'leaf.key', 'issuing.crt', 'leaf.crt', 'other.crt'].map(text);
    const pair = readPemPair(parts.join('words between\n'));
    expect(pair.certificate.subject).toBe('CN=leaf.example.com');
    expect(pair.chain.map(({ subject }) => subject)).toEqual(['CN=issuing.example.com', 'CN=root.example.com']);
    expect(pair.certificate.belongsTo(pair.privateKey)).toBe(true);
  });

  it('reads certificate and key from a text each, also without a line end between and with Windows line ends', () => {
    expect(subjectOf([text('leaf.key').trimEnd(), text('leaf.crt')])).toBe('CN=leaf.example.com');
    expect(subjectOf([text('leaf.crt'), text('leaf.key')].map((one) => one.replaceAll('\n', '\r\n')))).toBe(
      'CN=leaf.example.com',
    );
  });

  it('reads what "openssl pkcs12 -nodes" prints', () => {
    workshop.openssl(
      'pkcs12',
      '-export',
      '-inkey',
      'leaf.key',
      '-in',
      'leaf.crt',
      '-passout',
      'pass:x',
      '-out',
      'o.p12',
    );
    expect(subjectOf(workshop.openssl('pkcs12', '-in', 'o.p12', '-nodes', '-passin', 'pass:x'))).toBe(
      'CN=leaf.example.com',
    );
  });

  it.each<[string, string[]]>([
    ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt']],
    ['PKCS#1', ['rsa', '-traditional']],
  ])('reads a key in %s', (_, options) => {
    expect(subjectOf([text('leaf.crt'), convert(...options)])).toBe('CN=leaf.example.com');
  });

  it.each<[string, string[]]>([
    ['PKCS#8, AES-256', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:Grüße €']],
    ['PKCS#8, 3DES of PKCS#12', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', '-passout', 'pass:Grüße €']],
    ['PKCS#1, AES-128', ['rsa', '-traditional', '-aes128', '-passout', 'pass:Grüße €']],
  ])('reads an encrypted key in %s, and says when the password is wrong or missing', (_, options) => {
    const texts = [text('leaf.crt'), convert(...options)];
    expect(subjectOf(texts, { password: 'Grüße €' })).toBe('CN=leaf.example.com');
    for (const password of ['wrong', '', undefined]) {
      const error = thrownBy(() => readPemPair(texts, { password, subjects: ['leaf.crt', 'leaf.key'] }));
      expect(error?.code).toBe('pfx-password-wrong');
      expect(error?.subject).toBe('leaf.key');
      expect(error?.cause).toBeUndefined();
    }
  });
});

describe('readPemPair fails', () => {
  it.each<[ErrorCode, () => string[]]>([
    ['private-key-missing', () => [text('leaf.crt')]],
    ['private-key-missing', () => ['']],
    ['certificate-missing', () => [text('leaf.key')]],
    ['certificate-of-another-key', () => [text('leaf.key'), text('other.crt')]],
    ['private-keys-several', () => [text('leaf.key'), text('leaf.crt'), text('other.key'), text('other.crt')]],
    ['pem-key-unreadable', () => [text('leaf.crt'), text('leaf.key').replace(/\n.{30}/, '\n')]],
    [
      'pem-key-unreadable',
      () => [text('leaf.crt'), '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'],
    ],
    ['certificate-unreadable', () => [text('leaf.key'), text('leaf.crt').replace(/\n.{30}/, '\n')]],
    ['pfx-damaged', () => ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----']],
    ['pfx-cipher-unsupported', () => [convert('pkcs8', '-topk8', '-scrypt', '-passout', 'pass:x')]],
  ])('with %s', (code, texts) => {
    expect(thrownBy(() => readPemPair(texts()))?.code).toBe(code);
  });

  it.each<[ErrorCode, string, () => string[]]>([
    ['pem-key-unreadable', 'a.key', () => [text('leaf.crt'), text('leaf.key').replace(/\n.{30}/, '\n')]],
    ['private-key-missing', 'a.key', () => [text('leaf.crt'), text('issuing.crt')]],
    [
      'private-keys-several',
      'a.key',
      () => [text('leaf.crt') + text('other.crt'), text('leaf.key') + text('other.key')],
    ],
    ['certificate-unreadable', 'a.crt', () => [text('leaf.crt').replace(/\n.{30}/, '\n'), text('leaf.key')]],
    ['certificate-of-another-key', 'a.crt', () => [text('other.crt'), text('leaf.key')]],
    ['certificate-missing', 'a.crt', () => ['', text('leaf.key')]],
  ])('with %s, and names %s as the file it is about', (code, subject, texts) => {
    const error = thrownBy(() => readPemPair(texts(), { subjects: ['a.crt', 'a.key'] }));
    expect(error).toMatchObject({ code, subject });
  });

  it('for a key that is too small with the name of its file', () => {
    const pem = testKey('rsa-1024').export({ type: 'pkcs8', format: 'pem' }).toString();
    const texts = [opensslCertificate({ key: 'rsa-1024' }).pem, pem];
    expect(thrownBy(() => readPemPair(texts, { subjects: ['a.crt', 'a.key'] }))?.subject).toBe('a.key');
  });

  it('for a certificate alone with the option that gives its key', () => {
    expect(thrownBy(() => readPemPair(text('leaf.crt'), { subjects: ['a.crt'] }))).toMatchObject({
      code: 'private-key-missing',
      subject: 'a.crt',
      cure: expect.stringContaining('--key <file>') as string,
    });
  });

  it.each<[TestKey, ErrorCode]>([
    ['ec', 'private-key-not-rsa'],
    ['ed25519', 'private-key-not-rsa'],
    ['rsa-1024', 'private-key-too-small'],
  ])('for a key of the kind %s with %s', (key, code) => {
    const pem = testKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(thrownBy(() => readPemPair([opensslCertificate({ key }).pem, pem]))?.code).toBe(code);
  });

  it('without a letter of the key in what it says', () => {
    const damaged = text('leaf.key').replace(/\n.{30}/, '\n');
    const error = thrownBy(() => readPemPair(damaged));
    expect(error?.code).toBe('pem-key-unreadable');
    for (const line of damaged.split('\n').slice(1, 5)) {
      expect(JSON.stringify([error?.message, error?.cure, error?.stack, error?.cause])).not.toContain(
        line.slice(0, 20),
      );
    }
  });
});
