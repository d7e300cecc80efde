import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, Tag } from '../../asn1/read';
import { unsupported } from './errors';
import type { HashName } from './key-derivation';
import { oids } from '../../asn1/oids';

/** What a key is derived with by PBKDF2, RFC 8018 appendix A.2. */
export interface Pbkdf2 {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly hash: HashName;
  /** Octets; undefined where the file does not say. */
  readonly length: number | undefined;
}

/** What is said where something else is found. */
type Unsupported = Parameters<typeof unsupported>[0];

const HMAC_HASHES: Readonly<Record<string, HashName>> = {
  [oids.hmacWithSha1]: 'sha1',
  [oids.hmacWithSha224]: 'sha224',
  [oids.hmacWithSha256]: 'sha256',
  [oids.hmacWithSha384]: 'sha384',
  [oids.hmacWithSha512]: 'sha512',
  [oids.hmacWithSha512Of224]: 'sha512-224',
  [oids.hmacWithSha512Of256]: 'sha512-256',
};

/**
 * Reads the AlgorithmIdentifier of a key derivation.
 *
 * @throws Vb365Error the given code where it is another one than PBKDF2, or its hash is not known; `pfx-damaged`
 */
export function readPbkdf2(algorithm: Asn1 | undefined, code: Unsupported): Pbkdf2 {
  const [identifier, parameters] = childrenOf(algorithm, Tag.sequence, 'the key derivation');
  const oid = oidOf(identifier, 'the key derivation');
  if (oid !== oids.pbkdf2) {
    const name = oid === oids.scrypt ? 'scrypt (RFC 7914)' : oid;
    throw unsupported(code, `the key derivation is ${name}; only PBKDF2 and that of PKCS#12 are read`);
  }
  const [salt, iterations, ...options] = childrenOf(parameters, Tag.sequence, 'the parameters of PBKDF2');
  const length = options.find(({ tag }) => tag === Tag.integer);
  const prf = options.find(({ tag }) => tag === Tag.sequence);
  return {
    salt: octetsOf(salt, Tag.octetString, 'the salt of PBKDF2'),
    iterations: integerOf(iterations, 'the iteration count of PBKDF2'),
    // RFC 8018 appendix A.2: the default is HMAC with SHA-1.
    hash: prf === undefined ? 'sha1' : readHmac(prf, code, 'PBKDF2'),
    length: length && integerOf(length, 'the key length of PBKDF2'),
  };
}

/**
 * Reads the AlgorithmIdentifier of an HMAC.
 *
 * @param user what it is used by, for the errors
 * @throws Vb365Error the given code where its hash is not known; `pfx-damaged`
 */
export function readHmac(algorithm: Asn1 | undefined, code: Unsupported, user: string): HashName {
  const oid = oidOf(childrenOf(algorithm, Tag.sequence, `the hash of ${user}`)[0], `the hash of ${user}`);
  const hash = HMAC_HASHES[oid];
  if (hash === undefined) {
    throw unsupported(code, `${user} uses ${oid}; HMAC with SHA-1 and with the six hashes of SHA-2 are read`);
  }
  return hash;
}
