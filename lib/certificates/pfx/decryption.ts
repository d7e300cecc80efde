import type { Vb365Error } from '../../errors';
import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, parseAsn1, Tag } from '../../asn1/read';
import { type CipherName, decryptWithKey } from './rc2-rc4';
import { damaged } from '../../asn1/malformed';
import { passwordWrong, unsupported } from './errors';
import { type KeyDerivation, KeyPurpose } from './key-derivation';
import { oids } from '../../asn1/oids';
import { passwordEncodings } from './password';
import { readPbkdf2 } from './pbkdf2';

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

/** Those that tools write, or wrote, and that are not read: OpenSSL's `-v1 PBE-MD5-DES`, `-v2 rc2`, and what stands in PKCS#8. */
const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.1': 'DES with MD2 (PBES1)',
  '1.2.840.113549.1.5.3': 'DES with MD5 (PBES1)',
  '1.2.840.113549.1.5.4': 'RC2 with MD2 (PBES1)',
  '1.2.840.113549.1.5.6': 'RC2 with MD5 (PBES1)',
  '1.2.840.113549.1.5.10': 'DES with SHA-1 (PBES1)',
  '1.2.840.113549.1.5.11': 'RC2 with SHA-1 (PBES1)',
  '1.2.840.113549.3.2': 'RC2 in PBES2',
  '1.2.840.113549.3.4': 'RC4 in PBES2',
  '1.2.840.113549.3.9': 'RC5 in PBES2',
  '1.3.14.3.2.7': 'DES in PBES2',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.26': 'AES-192-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
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
  if (scheme === undefined)
    throw unknownCipher(oid, 'PBES2 and the six ciphers of PKCS#12 (RFC 7292 appendix C) are read');
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
  const [kdf, cipherNode] = childrenOf(parameters, Tag.sequence, 'the parameters of PBES2');
  const [cipherIdentifier, iv] = childrenOf(cipherNode, Tag.sequence, 'the cipher of PBES2');
  const cipherOid = oidOf(cipherIdentifier, 'the cipher of PBES2');
  const scheme = PBES2_CIPHERS[cipherOid];
  if (scheme === undefined) throw unknownCipher(cipherOid, 'AES, Camellia and 3DES in CBC mode are read inside PBES2');
  const { cipher, keyLength, ivLength } = scheme;
  const vector = octetsOf(iv, Tag.octetString, 'the initialization vector');
  const { salt, iterations, hash, length = keyLength } = readPbkdf2(kdf, 'pfx-cipher-unsupported');
  if (vector.length !== ivLength || length !== keyLength) {
    throw damaged(`key or initialization vector do not fit ${cipher}`);
  }
  return (password, ciphertext) => {
    const key = derivation.pbkdf2({ hash, password, salt, iterations, length });
    return decryptWithKey(cipher, key, vector, ciphertext);
  };
}

function unknownCipher(oid: string, readable: string): Vb365Error {
  const name = NAMES[oid];
  return unsupported(
    'pfx-cipher-unsupported',
    `the cipher is ${name === undefined ? oid : `${name} (${oid})`}; ${readable}`,
  );
}
