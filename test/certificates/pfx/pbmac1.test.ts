import { createHmac, pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { algorithm, integer, nullValue, octetString, sequence } from '../../../lib/asn1/write';
import { oids } from '../../../lib/asn1/oids';
import { readPfx } from '../../../lib/certificates/pfx/read';
import { opensslCertificate, testKey } from '../../support/openssl';
import { byHand } from '../../support/pfx-by-hand';
import { thrownBy } from '../../support/thrown';

const PASSWORD = 'Grüße 1';
const SALT = Buffer.from('salt of PBMAC1');
const ITERATIONS = 2048;

const safe = sequence(
  byHand.contentInfo(
    oids.data,
    octetString(sequence(byHand.key(testKey('rsa-2048')), byHand.certificate(opensslCertificate()))),
  ),
);

interface Mac {
  readonly kdf?: string;
  readonly prf?: string;
  readonly scheme?: string;
  readonly salt?: Buffer;
  readonly iterations?: number;
  /** Octets that the file says; null where it says nothing. */
  readonly length?: number | null;
  /** Octets of the key that the MAC is made with. */
  readonly used?: number;
}

/** A PFX with the MAC of RFC 9579 over it, SHA-256 and a key of 32 octets where nothing else is asked for. */
function protectedBy(mac: Mac): Buffer {
  const { kdf = oids.pbkdf2, prf = oids.hmacWithSha256, scheme = oids.hmacWithSha256, length = 32, used = 32 } = mac;
  const lengths = length === null ? [] : [integer(length)];
  const said = [octetString(mac.salt ?? SALT), integer(mac.iterations ?? ITERATIONS), ...lengths];
  const kdfParameters = sequence(...said, algorithm(prf, nullValue()));
  const parameters = sequence(algorithm(kdf, kdfParameters), algorithm(scheme, nullValue()));
  const key = pbkdf2Sync(PASSWORD, SALT, ITERATIONS, used, 'sha256');
  const digest = createHmac('sha256', key).update(safe).digest();
  // RFC 9579 §4: what stands behind the digest means nothing.
  const digestInfo = sequence(algorithm(oids.pbmac1, parameters), octetString(digest));
  return byHand.pfxOf(
    byHand.contentInfo(oids.data, octetString(safe)),
    sequence(digestInfo, octetString(Buffer.from('NOT USED')), integer(1)),
  );
}

function failure(mac: Mac, password = PASSWORD): { code: string; message: string } | undefined {
  return thrownBy(() => readPfx(protectedBy(mac), password));
}

describe('a PFX with PBMAC1', () => {
  it.each(['sha256', 'sha512', 'sha512-256'])('is read as OpenSSL 3.5 writes it with %s', (name) => {
    const bytes = readFileSync(join(__dirname, 'openssl-3.5', `${name}.p12.base64`));
    expect(readPfx(bytes, PASSWORD).certificate.subject).toBe('CN=pbmac1.example.com');
    expect(thrownBy(() => readPfx(bytes, 'Grusse 1'))?.code).toBe('pfx-password-wrong');
  });

  it.each<[string, Mac]>([
    ['as RFC 9579 says', {}],
    ['with the shortest key that is no gift', { length: 20, used: 20 }],
    ['with a key that is longer than the hash', { length: 64, used: 64 }],
  ])('is read %s', (_, mac) => {
    expect(readPfx(protectedBy(mac), PASSWORD).privateKey.equals(testKey('rsa-2048'))).toBe(true);
  });

  it.each<[string, string, Mac]>([
    ['pfx-password-wrong', 'another iteration count', { iterations: ITERATIONS + 1 }],
    ['pfx-password-wrong', 'another salt', { salt: Buffer.from('another salt') }],
    ['pfx-password-wrong', 'another hash', { scheme: oids.hmacWithSha512 }],
    ['pfx-damaged', 'no length of the key', { length: null }],
    ['pfx-damaged', 'a key that can be guessed', { length: 1, used: 1 }],
    ['pfx-damaged', 'no key at all', { length: 0 }],
    ['pfx-damaged', 'a key beyond all measure', { length: 100_000_000 }],
    ['pfx-mac-unsupported', 'scrypt', { kdf: oids.scrypt }],
    ['pfx-mac-unsupported', 'HMAC of SHA-3', { scheme: '2.16.840.1.101.3.4.2.14' }],
    ['pfx-mac-unsupported', 'a PRF of SHA-3', { prf: '2.16.840.1.101.3.4.2.14' }],
    ['pfx-iterations-too-many', 'endless work', { iterations: 10_000_001 }],
  ])('is refused with %s for %s', (code, _, mac) => {
    expect(failure(mac)?.code).toBe(code);
  });
});
