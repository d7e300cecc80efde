import { createPrivateKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Certificate } from '../../../lib/certificates/certificate';
import { algorithm, integer, nullValue, octetString, sequence } from '../../../lib/asn1/write';
import { oids } from '../../../lib/asn1/oids';
import { readPfx } from '../../../lib/certificates/pfx/read';
import type { ErrorCode } from '../../../lib/error-codes';
import type { Vb365Error } from '../../../lib/errors';
import { opensslCertificate, type TestKey, testKey } from '../../support/openssl';
import { byHand } from '../../support/pfx-by-hand';
import { Workshop } from '../../support/pfx-tools';
import { thrownBy } from '../../support/thrown';

const workshop = new Workshop();
beforeAll(() => {
  workshop.makeChain();
  workshop.openssl('pkcs12', '-export', ...LEAF, '-passout', 'pass:secret', '-out', 'leaf.p12');
});
afterAll(() => {
  workshop.dispose();
});

const LEAF = ['-inkey', 'leaf.key', '-in', 'leaf.crt'];

function failure(bytes: Uint8Array, password?: string): Vb365Error | undefined {
  return thrownBy(() => readPfx(bytes, password, { subject: 'file.pfx' }));
}

function certificate(name: string): Certificate {
  return Certificate.fromPem(workshop.read(`${name}.crt`).toString());
}

const key = testKey('rsa-2048');

describe('readPfx', () => {
  it('gives the leaf and its issuers in order, whatever the order in the file', () => {
    const options = ['-certfile', 'all.crt', '-passout', 'pass:secret', '-out', 'chain.p12'];
    workshop.openssl('pkcs12', '-export', ...LEAF, ...options);
    const pair = readPfx(workshop.read('chain.p12'), 'secret');
    expect(pair.certificate.subject).toBe('CN=leaf.example.com');
    expect(pair.chain.map(({ subject }) => subject)).toEqual(['CN=issuing.example.com', 'CN=root.example.com']);
  });

  it('leaves out certificates that have nothing to do with the key', () => {
    const bags = ['other', 'root', 'leaf'].map((name) => byHand.certificate(certificate(name)));
    const keyBag = byHand.key(createPrivateKey(workshop.read('leaf.key')));
    const pair = readPfx(byHand.pfx([...bags, keyBag]), undefined);
    expect(pair.certificate.subject).toBe('CN=leaf.example.com');
    expect(pair.chain).toEqual([]);
  });

  it('takes the certificate that the key is tied to where several have its public key', () => {
    const [older, newer] = ['/CN=older.example.com', '/CN=newer.example.com'].map((subject) =>
      opensslCertificate({ subject }),
    );
    const bags = [byHand.certificate(older!, '01'), byHand.certificate(newer!, '02')];
    expect(readPfx(byHand.pfx([...bags, byHand.key(key, 'one', '01')]), undefined).certificate).toEqual(older);
    expect(readPfx(byHand.pfx([...bags, byHand.key(key, 'one', '02')]), undefined).certificate).toEqual(newer);
  });

  it('does not believe an id that ties the key to the certificate of another one', () => {
    const own = opensslCertificate();
    const foreign = opensslCertificate({ key: 'rsa-3072' });
    const pfx = byHand.pfx([byHand.certificate(foreign, '01'), byHand.certificate(own), byHand.key(key, 'one', '01')]);
    expect(readPfx(pfx, undefined).certificate).toEqual(own);
  });

  it('takes the only key that has a certificate, and a key that is there twice as one', () => {
    const own = byHand.certificate(opensslCertificate());
    const keys = [byHand.key(testKey('rsa-3072')), byHand.key(testKey('ec')), byHand.key(key), byHand.key(key)];
    expect(readPfx(byHand.pfx([...keys, own]), undefined).privateKey.equals(key)).toBe(true);
  });

  it('looks into bags inside bags and passes over bags of other kinds', () => {
    const inner = sequence(byHand.key(key), byHand.certificate(opensslCertificate()));
    const secret = byHand.bag('1.2.840.113549.1.12.10.1.5', sequence());
    const pfx = byHand.pfx([secret, byHand.bag(oids.safeContentsBag, inner)]);
    expect(readPfx(pfx, undefined).privateKey.equals(key)).toBe(true);
  });

  it.each(['latin1', 'base64'] as const)('passes over line ends behind the file (%s)', (encoding) => {
    const text = workshop.read('leaf.p12').toString(encoding);
    expect(readPfx(Buffer.from(`${text}\r\n\r\n`, 'latin1'), 'secret').certificate.subject).toBe('CN=leaf.example.com');
  });

  it('reads base64 with line breaks and the PEM of a PFX', () => {
    const lines =
      workshop
        .read('leaf.p12')
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    for (const text of [
      lines.join('\n'),
      ['-----BEGIN PKCS12-----', ...lines, '-----END PKCS12-----', ''].join('\n'),
    ]) {
      expect(readPfx(Buffer.from(text), 'secret').certificate.subject).toBe('CN=leaf.example.com');
    }
  });

  it('reads BER: indefinite lengths, and strings in pieces', () => {
    const pfx = toBer(workshop.read('leaf.p12'));
    expect(pfx[1]).toBe(0x80);
    expect(readPfx(pfx, 'secret').certificate.subject).toBe('CN=leaf.example.com');
  });

  it('composes letters, for a password typed in pieces', () => {
    workshop.openssl('pkcs12', '-export', ...LEAF, '-passout', 'pass:Grüße', '-out', 'o.p12');
    expect(readPfx(workshop.read('o.p12'), 'Gru\u0308ße').certificate.subject).toBe('CN=leaf.example.com');
  });
});

describe('readPfx fails', () => {
  it.each([
    ['the wrong password', 'guess'],
    ['no password', undefined],
    ['an empty password', ''],
    ['the password in other letters', 'SECRET'],
  ])('with pfx-password-wrong for %s', (_, password) => {
    for (const options of [[], ['-legacy'], ['-nomac'], ['-legacy', '-nomac'], ['-nomac', '-certpbe', 'NONE']]) {
      workshop.openssl('pkcs12', '-export', ...LEAF, ...options, '-passout', 'pass:secret', '-out', 'o.p12');
      expect(failure(workshop.read('o.p12'), password)?.code).toBe('pfx-password-wrong');
    }
  });

  it('without a word of the password, and with the name of the file', () => {
    const error = failure(workshop.read('leaf.p12'), 'hunter2');
    expect(error?.subject).toBe('file.pfx');
    expect(error?.cause).toBeUndefined();
    expect(JSON.stringify([error?.message, error?.cure, error?.stack])).not.toContain('hunter2');
  });

  it('with private-key-missing where there are certificates only', () => {
    workshop.openssl('pkcs12', '-export', '-nokeys', '-in', 'leaf.crt', '-passout', 'pass:x', '-out', 'o.p12');
    expect(failure(workshop.read('o.p12'), 'x')).toMatchObject({
      code: 'private-key-missing',
      message: 'there is no private key; number of certificates: 1',
    });
  });

  it('with certificate-missing where there is a key only', () => {
    workshop.openssl('pkcs12', '-export', '-nocerts', '-inkey', 'leaf.key', '-passout', 'pass:x', '-out', 'o.p12');
    expect(failure(workshop.read('o.p12'), 'x')?.code).toBe('certificate-missing');
  });

  it('with certificate-of-another-key, and the thumbprints that are there', () => {
    const error = failure(byHand.pfx([byHand.key(key), byHand.certificate(certificate('other'))]));
    expect(error?.code).toBe('certificate-of-another-key');
    expect(error?.message).toContain(certificate('other').thumbprint);
  });

  it('with private-keys-several, and name and thumbprint of each', () => {
    const kinds: TestKey[] = ['rsa-2048', 'rsa-3072'];
    const certificates = kinds.map((kind) => opensslCertificate({ key: kind }));
    const bags = [
      ...certificates.map((one) => byHand.certificate(one)),
      ...kinds.map((kind) => byHand.key(testKey(kind), kind)),
    ];
    expect(failure(byHand.pfx(bags))?.message).toBe(
      'there are 2 private keys where one is expected: ' +
        `"rsa-2048" with thumbprint ${certificates[0]!.thumbprint}, "rsa-3072" with thumbprint ${certificates[1]!.thumbprint}`,
    );
  });

  it.each<[TestKey, ErrorCode, string]>([
    ['ec', 'private-key-not-rsa', 'the private key is of the kind ec; only RSA is allowed'],
    ['ed25519', 'private-key-not-rsa', 'the private key is of the kind ed25519; only RSA is allowed'],
    ['rsa-pss-2048', 'private-key-not-rsa', 'the private key is of the kind rsa-pss; only RSA is allowed'],
    ['rsa-1024', 'private-key-too-small', 'the RSA key has 1024 bits; at least 2048 are needed'],
    ['rsa-2047', 'private-key-too-small', 'the RSA key has 2047 bits; at least 2048 are needed'],
  ])('for a key of the kind %s with %s', (kind, code, message) => {
    const pfx = byHand.pfx([byHand.key(testKey(kind)), byHand.certificate(opensslCertificate({ key: kind }))]);
    expect(failure(pfx)).toMatchObject({ code, message });
  });

  it('with private-key-not-rsa for a kind that the platform does not know', () => {
    const gost = sequence(integer(0), algorithm('1.2.643.7.1.1.1.1', nullValue()), octetString(Buffer.alloc(32, 1)));
    expect(failure(byHand.pfx([byHand.bag(oids.keyBag, gost)]))?.message).toContain('1.2.643.7.1.1.1.1');
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    ['nothing', () => Buffer.alloc(0), /is empty/],
    ['a certificate in PEM', () => workshop.read('leaf.crt'), /PEM text \(BEGIN CERTIFICATE\)/],
    ['a private key in PEM', () => workshop.read('leaf.key'), /PEM text \(BEGIN PRIVATE KEY\)/],
    ['a certificate in DER', () => certificate('leaf').der, /a certificate in DER/],
    ['a collection of certificates', () => collection(), /PKCS#7/],
    ['other ASN.1', () => sequence(integer(0)), /ASN\.1 of another kind/],
    ['a ZIP archive', () => Buffer.from('PK\x03\x04rest', 'latin1'), /ZIP/],
    ['a compressed file', () => gzipSync('anything'), /gzip/],
    ['a PDF document', () => Buffer.from('%PDF-1.7'), /PDF/],
    ['a Java keystore (JCEKS)', () => Buffer.from('cececece00000002', 'hex'), /JCEKS/],
    ['text', () => Buffer.from('thumbprint: none\r\n'), /is text/],
    ['a web page', () => Buffer.from('<!doctype html>'), /is text/],
    ['binary data', () => Buffer.from('0001fffe', 'hex'), /unknown kind/],
  ])('with pfx-not-a-pfx for %s', (_, bytes, message) => {
    const error = failure(bytes());
    expect(error?.code).toBe('pfx-not-a-pfx');
    expect(error?.message).toMatch(message);
  });

  it('with pfx-truncated wherever a download breaks off', () => {
    const pfx = workshop.read('leaf.p12');
    for (const length of [1, 2, 4, 6, 7, 100, pfx.length - 1]) {
      expect([length, failure(pfx.subarray(0, length), 'secret')?.code]).toEqual([length, 'pfx-truncated']);
    }
    expect(failure(toBer(pfx).subarray(0, -1), 'secret')?.code).toBe('pfx-truncated');
  });

  it('with pfx-too-large beyond 1 MiB', () => {
    const padded = Buffer.concat([workshop.read('leaf.p12'), Buffer.alloc(1024 * 1024)]);
    expect(failure(padded, 'secret')?.code).toBe('pfx-too-large');
    expect(failure(Buffer.alloc(10_000_000), 'secret')?.code).toBe('pfx-too-large');
  });

  it.each<[string, () => Buffer]>([
    ['without content', () => sequence(integer(3))],
    ['of an unknown type', () => byHand.pfxOf(byHand.contentInfo('1.2.3', octetString(sequence())))],
    ['with a safe of an unknown type', () => byHand.pfxOfSafes([byHand.contentInfo('1.2.3', sequence())])],
    ['with a key that is none', () => byHand.pfx([byHand.bag(oids.keyBag, brokenKey())])],
    [
      'with a certificate that is none',
      () => byHand.pfx([byHand.key(key), byHand.certificate({ der: Buffer.from('x') })]),
    ],
    ['with bags nested without end', () => byHand.pfx([nested(40)])],
    ['with a MAC that is none', () => byHand.pfx([byHand.key(key)], sequence())],
    ['with an initialization vector of another cipher', () => shrouded(pbes2(oids.pbkdf2, '1.2.840.113549.3.7'))],
    ['with PBMAC1 that says nothing', () => byHand.pfx([byHand.key(key)], mac(oids.pbmac1, 1))],
    ['with an iteration count of 0', () => byHand.pfx([byHand.key(key)], mac(oids.sha256, 0))],
  ])('with pfx-damaged for a PFX %s', (_, pfx) => {
    expect(failure(pfx())?.code).toBe('pfx-damaged');
  });

  it.each<[string, ErrorCode, () => Buffer]>([
    ['a MAC of SHA-3', 'pfx-mac-unsupported', () => byHand.pfx([byHand.key(key)], mac('2.16.840.1.101.3.4.2.8', 1))],
    ['a signature', 'pfx-mode-unsupported', () => byHand.pfxOf(byHand.contentInfo(oids.signedData, sequence()))],
    [
      'encryption to a certificate',
      'pfx-mode-unsupported',
      () => byHand.pfxOfSafes([byHand.contentInfo(oids.envelopedData, sequence())]),
    ],
    ['scrypt', 'pfx-cipher-unsupported', () => shrouded(pbes2('1.3.6.1.4.1.11591.4.11', oids.aes256Cbc))],
    ['MD5 and DES', 'pfx-cipher-unsupported', () => shrouded(algorithm('1.2.840.113549.1.5.3', nullValue()))],
    ['an unknown cipher in PBES2', 'pfx-cipher-unsupported', () => shrouded(pbes2(oids.pbkdf2, '1.2.3.4'))],
    [
      'an unknown hash in PBES2',
      'pfx-cipher-unsupported',
      () => shrouded(pbes2(oids.pbkdf2, oids.aes256Cbc, 1, '1.2.3.4')),
    ],
  ])('for %s with %s and the command that converts it', (_, code, pfx) => {
    const error = failure(pfx());
    expect(error?.code).toBe(code);
    expect(error?.cure).toContain('openssl pkcs12 -legacy -in old.pfx -nodes');
  });

  it.each<[string, () => Buffer]>([
    ['the MAC', () => byHand.pfx([byHand.key(key)], mac(oids.sha256, 10_000_001))],
    ['the MAC, beyond what a number holds', () => byHand.pfx([byHand.key(key)], mac(oids.sha256, 2 ** 46))],
    ['PBKDF2', () => shrouded(pbes2(oids.pbkdf2, oids.aes256Cbc, 10_000_001))],
  ])('with pfx-iterations-too-many where %s asks for endless work', (_, pfx) => {
    expect(failure(pfx(), 'x')?.code).toBe('pfx-iterations-too-many');
  });

  it.each<[string, () => Buffer, RegExp]>([
    [
      'RC2 in PBES2',
      () => shrouded(pbes2(oids.pbkdf2, '1.2.840.113549.3.2')),
      /^the cipher is RC2 in PBES2 \(.*\); AES, Camellia and 3DES in CBC mode are read inside PBES2$/,
    ],
    [
      'AES in GCM mode',
      () => shrouded(pbes2(oids.pbkdf2, '2.16.840.1.101.3.4.1.46')),
      /^the cipher is AES-256-GCM \(.*\); AES, Camellia and 3DES in CBC mode/,
    ],
    [
      'RC2 with SHA-1, of PKCS#5',
      () => shrouded(algorithm('1.2.840.113549.1.5.11', nullValue())),
      /^the cipher is RC2 with SHA-1 \(PBES1\) \(.*\); PBES2 and the six ciphers of PKCS#12/,
    ],
    [
      'SHA-3 as the hash of the MAC',
      () => byHand.pfx([byHand.key(key)], mac('2.16.840.1.101.3.4.2.8', 1)),
      /MD5, SHA-1 and the six hashes of SHA-2, are read$/,
    ],
  ])('without contradicting itself about %s', (_, pfx, message) => {
    expect(failure(pfx(), 'x')?.message).toMatch(message);
  });

  it('with pfx-iterations-too-many where many small requests add up', () => {
    const slow = shroudedBag(pbes2(oids.pbkdf2, oids.aes256Cbc, 5_000_001));
    const quick = shroudedBag(pbes2(oids.pbkdf2, oids.aes256Cbc, 1));
    expect(failure(byHand.pfx([slow]), 'x')?.code).toBe('pfx-iterations-too-many');
    expect(failure(byHand.pfx([quick]), 'x')?.code).toBe('pfx-password-wrong');
  });
});

/** Constructed elements get indefinite lengths, strings of any size come in pieces of 100 octets. */
function toBer(bytes: Buffer): Buffer {
  const long = bytes[1]! > 0x80 ? bytes[1]! & 0x7f : 0;
  const length = long === 0 ? bytes[1]! : bytes.readUIntBE(2, long);
  const content = bytes.subarray(2 + long, 2 + long + length);
  const rest = bytes.subarray(2 + long + length);
  const following = rest.length === 0 ? rest : toBer(rest);
  const tag = bytes[0]!;
  const isString = tag === 0x04 && length > 100;
  if ((tag & 0x20) === 0 && !isString) return Buffer.concat([bytes.subarray(0, 2 + long + length), following]);
  const inner = isString ? pieces(content) : toBer(content);
  return Buffer.concat([Buffer.from([tag | 0x20, 0x80]), inner, Buffer.alloc(2), following]);
}

function pieces(content: Buffer): Buffer {
  const count = Math.ceil(content.length / 100);
  return Buffer.concat(
    Array.from({ length: count }, (_, index) => octetString(content.subarray(index * 100, (index + 1) * 100))),
  );
}

function collection(): Buffer {
  workshop.openssl('crl2pkcs7', '-nocrl', '-certfile', 'all.crt', '-outform', 'DER', '-out', 'all.p7b');
  return workshop.read('all.p7b');
}

function brokenKey(): Buffer {
  return sequence(integer(0), algorithm(oids.rsaEncryption, nullValue()), octetString(Buffer.from('no key')));
}

function nested(depth: number): Buffer {
  return byHand.bag(oids.safeContentsBag, sequence(...(depth === 0 ? [] : [nested(depth - 1)])));
}

function mac(hash: string, iterations: number): Buffer {
  const digest = sequence(algorithm(hash, nullValue()), octetString(Buffer.alloc(32)));
  return sequence(digest, octetString(Buffer.alloc(8)), integer(iterations));
}

function pbes2(kdf: string, cipher: string, iterations = 1, hmac: string = oids.hmacWithSha256): Buffer {
  const parameters = sequence(octetString(Buffer.alloc(8)), integer(iterations), algorithm(hmac, nullValue()));
  return algorithm(oids.pbes2, sequence(algorithm(kdf, parameters), algorithm(cipher, octetString(Buffer.alloc(16)))));
}

function shroudedBag(cipher: Buffer): Buffer {
  return byHand.bag(oids.shroudedKeyBag, sequence(cipher, octetString(Buffer.alloc(32))));
}

function shrouded(cipher: Buffer): Buffer {
  return byHand.pfx([shroudedBag(cipher)]);
}
