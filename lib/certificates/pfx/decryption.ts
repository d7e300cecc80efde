import type { Vb365Error } from '../../errors';
import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, parseAsn1, Tag } from '../../asn1/read';
import { type CipherName, decryptWithKey } from './rc2-rc4';
import { damaged } from '../../asn1/malformed';
import { passwordWrong, unsupported } from './errors';
import { type HashName, type KeyDerivation, KeyPurpose } from './key-derivation';
import { oids } from '../../asn1/oids';
import { passwordEncodings } from './password';

/** What opens the parts of one file. */
export interface Unlocking {
  readonly password: string | undefined;
  readonly derivation: KeyDerivation;
}

interface Cipher {
  readonly cipher: CipherName;
  /** Octets. */
  readonly keyLength: number;
  /** Octets; 0 for a stream cipher. */
  readonly ivLength: number;
}

/** RFC 7292 appendix C: key and initialization vector come from SHA-1, whatever the cipher. */
const PKCS12_CIPHERS: Readonly<Record<string, Cipher>> = {
  [oids.pbeWithShaAnd128BitRc4]: { cipher: 'rc4', keyLength: 16, ivLength: 0 },
  [oids.pbeWithShaAnd40BitRc4]: { cipher: 'rc4', keyLength: 5, ivLength: 0 },
  [oids.pbeWithShaAnd3KeyTripleDes]: { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  [oids.pbeWithShaAnd2KeyTripleDes]: { cipher: 'des-ede3-cbc', keyLength: 16, ivLength: 8 },
  [oids.pbeWithShaAnd128BitRc2]: { cipher: 'rc2-cbc', keyLength: 16, ivLength: 8 },
  [oids.pbeWithShaAnd40BitRc2]: { cipher: 'rc2-cbc', keyLength: 5, ivLength: 8 },
};

/** RFC 8018 appendix B.2, RFC 3565, RFC 3657. */
const PBES2_CIPHERS: Readonly<Record<string, Cipher>> = {
  [oids.aes128Cbc]: { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  [oids.aes192Cbc]: { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  [oids.aes256Cbc]: { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  [oids.camellia128Cbc]: { cipher: 'camellia-128-cbc', keyLength: 16, ivLength: 16 },
  [oids.camellia192Cbc]: { cipher: 'camellia-192-cbc', keyLength: 24, ivLength: 16 },
  [oids.camellia256Cbc]: { cipher: 'camellia-256-cbc', keyLength: 32, ivLength: 16 },
  [oids.tripleDesCbc]: { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
};

const HMAC_HASHES: Readonly<Record<string, HashName>> = {
  [oids.hmacWithSha1]: 'sha1',
  [oids.hmacWithSha224]: 'sha224',
  [oids.hmacWithSha256]: 'sha256',
  [oids.hmacWithSha384]: 'sha384',
  [oids.hmacWithSha512]: 'sha512',
};

/**
 * Decrypts what must be a SEQUENCE, with each encoding that the password may have had.
 *
 * @param algorithm AlgorithmIdentifier of a password-based encryption.
 * @param what is in there, for the errors.
 * @throws Vb365Error `pfx-password-wrong`, `pfx-cipher-unsupported`, `pfx-iterations-too-many`, `pfx-damaged`
 */
export function decryptSequence(
  algorithm: Asn1 | undefined,
  ciphertext: Buffer,
  { password, derivation }: Unlocking,
  what: string,
): Asn1 {
  const [identifier, parameters] = childrenOf(algorithm, Tag.sequence, 'the cipher');
  const oid = oidOf(identifier, 'the cipher');
  const encodings = passwordEncodings(password);
  const isPbes2 = oid === oids.pbes2;
  const open = isPbes2 ? readPbes2(parameters, derivation) : readPkcs12Pbe(oid, parameters, derivation);
  for (const encoded of isPbes2 ? encodings.pbes2 : encodings.pkcs12) {
    const plain = open(encoded, ciphertext);
    const node = plain && parseAsn1(plain);
    // One wrong key in 256 leaves a padding that looks right, but hardly ever a SEQUENCE of just this length.
    if (typeof node === 'object' && node.tag === Tag.sequence && node.encoded.length === plain?.length) return node;
  }
  throw passwordWrong(what, password);
}

type Open = (password: Buffer, ciphertext: Buffer) => Buffer | undefined;

function readPkcs12Pbe(oid: string, parameters: Asn1 | undefined, derivation: KeyDerivation): Open {
  const scheme = PKCS12_CIPHERS[oid];
  if (scheme === undefined) throw unknownCipher(oid);
  const { cipher, keyLength, ivLength } = scheme;
  const [saltNode, iterationsNode] = childrenOf(parameters, Tag.sequence, 'the parameters of the cipher');
  const salt = octetsOf(saltNode, Tag.octetString, 'the salt of the cipher');
  const iterations = integerOf(iterationsNode, 'the iteration count of the cipher');
  return (password, ciphertext) => {
    const common = { hash: 'sha1', password, salt, iterations } as const;
    const made = derivation.pkcs12({ ...common, purpose: KeyPurpose.encryption, length: keyLength });
    const iv = derivation.pkcs12({ ...common, purpose: KeyPurpose.initializationVector, length: ivLength });
    // Two-key 3DES is three-key 3DES whose third key is the first.
    const isTwoKey = cipher === 'des-ede3-cbc' && keyLength === 16;
    const key = isTwoKey ? Buffer.concat([made, made.subarray(0, 8)]) : made;
    return decryptWithKey(cipher, key, iv, ciphertext);
  };
}

/** PBES2-params of RFC 8018: a key derivation and a cipher, each an AlgorithmIdentifier. */
function readPbes2(parameters: Asn1 | undefined, derivation: KeyDerivation): Open {
  const [kdfNode, cipherNode] = childrenOf(parameters, Tag.sequence, 'the parameters of PBES2');
  const [kdf, kdfParameters] = childrenOf(kdfNode, Tag.sequence, 'the key derivation');
  const kdfOid = oidOf(kdf, 'the key derivation');
  if (kdfOid !== oids.pbkdf2) {
    const name = kdfOid === oids.scrypt ? 'scrypt (RFC 7914)' : kdfOid;
    throw unsupported(
      'pfx-cipher-unsupported',
      `the key derivation is ${name}; only PBKDF2 and that of PKCS#12 are read`,
    );
  }
  const [cipherIdentifier, iv] = childrenOf(cipherNode, Tag.sequence, 'the cipher of PBES2');
  const cipherOid = oidOf(cipherIdentifier, 'the cipher of PBES2');
  const scheme = PBES2_CIPHERS[cipherOid];
  if (scheme === undefined) throw unknownCipher(cipherOid);
  const { cipher, keyLength, ivLength } = scheme;
  const vector = octetsOf(iv, Tag.octetString, 'the initialization vector');
  const { salt, iterations, hash, length = keyLength } = readPbkdf2(kdfParameters);
  if (vector.length !== ivLength || length !== keyLength) {
    throw damaged(`key or initialization vector do not fit ${cipher}`);
  }
  return (password, ciphertext) => {
    const key = derivation.pbkdf2({ hash, password, salt, iterations, length });
    return decryptWithKey(cipher, key, vector, ciphertext);
  };
}

function readPbkdf2(parameters: Asn1 | undefined): {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly hash: HashName;
  readonly length?: number;
} {
  const [salt, iterations, ...options] = childrenOf(parameters, Tag.sequence, 'the parameters of PBKDF2');
  const length = options.find(({ tag }) => tag === Tag.integer);
  const prf = options.find(({ tag }) => tag === Tag.sequence);
  const prfOid = prf && oidOf(childrenOf(prf, Tag.sequence, 'the hash of PBKDF2')[0], 'the hash of PBKDF2');
  // RFC 8018 appendix A.2: the default is HMAC with SHA-1.
  const hash = prfOid === undefined ? 'sha1' : HMAC_HASHES[prfOid];
  if (hash === undefined) {
    throw unsupported(
      'pfx-cipher-unsupported',
      `PBKDF2 uses the hash ${prfOid ?? ''}; HMAC with SHA-1 and SHA-2 are read`,
    );
  }
  return {
    salt: octetsOf(salt, Tag.octetString, 'the salt of PBKDF2'),
    iterations: integerOf(iterations, 'the iteration count of PBKDF2'),
    hash,
    ...(length && { length: integerOf(length, 'the key length of PBKDF2') }),
  };
}

function unknownCipher(oid: string): Vb365Error {
  return unsupported(
    'pfx-cipher-unsupported',
    `the cipher is ${oid}; AES, Camellia and 3DES in CBC mode, RC2 and RC4 are read`,
  );
}
