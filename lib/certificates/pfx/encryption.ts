import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { algorithm, integer, nullValue, octetString, sequence } from '../../asn1/write';
import { hashOctets, type HashName, type KeyDerivation, KeyPurpose } from './key-derivation';
import { oids } from '../../asn1/oids';
import { encodePbes2Password, encodePkcs12Password } from './password';

/**
 * `modern`: AES-256-CBC, PBKDF2 and the MAC with SHA-256, which OpenSSL 1.1, Java 8u301 and Windows Server 2019 read.
 * `legacy`: 3DES and SHA-1, the only form that Windows Server 2016 reads.
 */
export type PfxEncryption = 'modern' | 'legacy';

export interface Encrypted {
  /** AlgorithmIdentifier. */
  readonly algorithm: Buffer;
  readonly ciphertext: Buffer;
}

/** What protects the parts of one file. */
export interface Locking {
  readonly password: string;
  readonly encryption: PfxEncryption;
  readonly derivation: KeyDerivation;
}

/**
 * .NET refuses more than 300,000 a derivation (`Pkcs12LoaderLimits`), and 600,000 in a whole file without a password
 * (Microsoft KB5025823): the three derivations of a file stay inside both. A legacy file takes seven rounds an iteration,
 * since SHA-1 is shorter than a 3DES key and the initialization vector is derived as well; 10,000 is what Java takes.
 */
const ITERATIONS: Readonly<Record<PfxEncryption, number>> = { modern: 100_000, legacy: 10_000 };

const MAC_HASH: Readonly<Record<PfxEncryption, HashName>> = { modern: 'sha256', legacy: 'sha1' };
const SALT_OCTETS = 16;

/** Encrypts with a salt of its own. */
export function encrypt(plain: Buffer, locking: Locking): Encrypted {
  return locking.encryption === 'modern' ? encryptPbes2(plain, locking) : encryptTripleDes(plain, locking);
}

/** MacData of RFC 7292 §4. */
export function macDataOf(content: Buffer, { password, encryption, derivation }: Locking): Buffer {
  const hash = MAC_HASH[encryption];
  const salt = randomBytes(SALT_OCTETS);
  const iterations = ITERATIONS[encryption];
  const key = derivation.pkcs12({
    purpose: KeyPurpose.mac,
    hash,
    password: encodePkcs12Password(password),
    salt,
    iterations,
    length: hashOctets[hash],
  });
  const digest = createHmac(hash, key).update(content).digest();
  const hashOid = encryption === 'modern' ? oids.sha256 : oids.sha1;
  return sequence(
    sequence(algorithm(hashOid, nullValue()), octetString(digest)),
    octetString(salt),
    integer(iterations),
  );
}

function encryptPbes2(plain: Buffer, { password, derivation }: Locking): Encrypted {
  const salt = randomBytes(SALT_OCTETS);
  const iv = randomBytes(16);
  const iterations = ITERATIONS.modern;
  const key = derivation.pbkdf2({
    hash: 'sha256',
    password: encodePbes2Password(password),
    salt,
    iterations,
    length: 32,
  });
  const prf = algorithm(oids.hmacWithSha256, nullValue());
  const kdf = algorithm(oids.pbkdf2, sequence(octetString(salt), integer(iterations), prf));
  return {
    algorithm: algorithm(oids.pbes2, sequence(kdf, algorithm(oids.aes256Cbc, octetString(iv)))),
    ciphertext: encryptWithKey('aes-256-cbc', key, iv, plain),
  };
}

function encryptTripleDes(plain: Buffer, { password, derivation }: Locking): Encrypted {
  const salt = randomBytes(SALT_OCTETS);
  const iterations = ITERATIONS.legacy;
  const common = { hash: 'sha1', password: encodePkcs12Password(password), salt, iterations } as const;
  const key = derivation.pkcs12({ ...common, purpose: KeyPurpose.encryption, length: 24 });
  const iv = derivation.pkcs12({ ...common, purpose: KeyPurpose.initializationVector, length: 8 });
  return {
    algorithm: algorithm(oids.pbeWithShaAnd3KeyTripleDes, sequence(octetString(salt), integer(iterations))),
    ciphertext: encryptWithKey('des-ede3-cbc', key, iv, plain),
  };
}

function encryptWithKey(cipher: string, key: Buffer, iv: Buffer, plain: Buffer): Buffer {
  const encrypting = createCipheriv(cipher, key, iv);
  return Buffer.concat([encrypting.update(plain), encrypting.final()]);
}
