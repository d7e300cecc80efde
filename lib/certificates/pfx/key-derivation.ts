import * as crypto from 'node:crypto';
import { Vb365Error } from '../../errors';
import { damaged } from '../../asn1/malformed';

/** As OpenSSL calls them. */
export type HashName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sha512-224' | 'sha512-256';

/** Purpose of a key in RFC 7292 appendix B.3. */
export const KeyPurpose = { encryption: 1, initializationVector: 2, mac: 3 } as const;

export interface Pkcs12Derivation {
  readonly purpose: (typeof KeyPurpose)[keyof typeof KeyPurpose];
  readonly hash: HashName;
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
  /** Octets. */
  readonly length: number;
}

export type Pbkdf2Derivation = Omit<Pkcs12Derivation, 'purpose'>;

/**
 * Hash rounds that one file may ask for in all. NSS asks for 600,000 a key, which makes 4.2 million in the worst of its
 * forms (SHA-1 and 3DES); ten million keep a processor busy for about ten seconds.
 */
const MAX_ROUNDS = 10_000_000;

export const hashOctets: Readonly<Record<HashName, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512-224': 28,
  'sha512-256': 32,
};

/** Makes keys of a password for one file, and stops a file that asks for endless work. */
export class KeyDerivation {
  #roundsLeft = MAX_ROUNDS;

  /** PBKDF2 of RFC 8018. @throws Vb365Error `pfx-iterations-too-many`, `pfx-damaged` */
  pbkdf2({ hash, password, salt, iterations, length }: Pbkdf2Derivation): Buffer {
    this.#spend(iterations, length, hash);
    return crypto.pbkdf2Sync(password, salt, iterations, length, hash);
  }

  /** RFC 7292 appendix B.2. @throws Vb365Error `pfx-iterations-too-many`, `pfx-damaged` */
  pkcs12({ purpose, hash, password, salt, iterations, length }: Pkcs12Derivation): Buffer {
    this.#spend(iterations, length, hash);
    const block = hash === 'sha384' || hash.startsWith('sha512') ? 128 : 64;
    const diversifier = Buffer.alloc(block, purpose);
    const input = Buffer.concat([fillBlocks(salt, block), fillBlocks(password, block)]);
    const output: Buffer[] = [];
    for (let made = 0; made < length; made += hashOctets[hash]) {
      let digest = hashOnce(hash, Buffer.concat([diversifier, input]));
      for (let round = 1; round < iterations; round++) digest = hashOnce(hash, digest);
      output.push(digest);
      const addend = Buffer.alloc(block, digest);
      for (let start = 0; start < input.length; start += block) {
        addPlusOne(input.subarray(start, start + block), addend);
      }
    }
    return Buffer.concat(output).subarray(0, length);
  }

  #spend(iterations: number, length: number, hash: HashName): void {
    if (iterations < 1) throw damaged('an iteration count is 0');
    const rounds = iterations * Math.ceil(length / hashOctets[hash]);
    if (rounds > this.#roundsLeft) {
      throw new Vb365Error('pfx-iterations-too-many', {
        message: `an iteration count of ${iterations} takes ${rounds} rounds of hashing; ${this.#roundsLeft} are left of the ${MAX_ROUNDS} that are done for all keys of one file`,
        cure: 'export the file again with fewer iterations, for instance: openssl pkcs12 -export -iter 100000',
      });
    }
    this.#roundsLeft -= rounds;
  }
}

/** `crypto.hash` (node 20.12) takes half the time of a hash object, and the loop is nothing but hashing. */
const hashOnce: (hash: HashName, data: Buffer) => Buffer =
  'hash' in crypto
    ? (hash, data) => crypto.hash(hash, data, 'buffer')
    : (hash, data) => crypto.createHash(hash).update(data).digest();

/** Repeats the value until it fills whole blocks; nothing stays nothing. */
function fillBlocks(value: Buffer, block: number): Buffer {
  return value.length === 0 ? value : Buffer.alloc(Math.ceil(value.length / block) * block, value);
}

/** target = (target + addend + 1) mod 2^(8 · length), in place. */
function addPlusOne(target: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let index = target.length - 1; index >= 0; index--) {
    carry += (target[index] ?? 0) + (addend[index] ?? 0);
    target[index] = carry & 0xff;
    carry >>= 8;
  }
}
