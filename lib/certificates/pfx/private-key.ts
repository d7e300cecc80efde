import { createPrivateKey } from 'node:crypto';
import { keyAlgorithmOf } from '../certificate';
import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, Tag } from '../../asn1/read';
import { decryptSequence, type Unlocking } from './decryption';
import { damaged } from '../../asn1/malformed';
import type { FoundKey } from '../key-and-certificate';
import { oids } from '../../asn1/oids';

/** v1 of PKCS#8, and v2 of RFC 5958, which has the public key beside the private one. */
const VERSIONS: readonly number[] = [0, 1];

/**
 * Reads a PrivateKeyInfo (PKCS#8, RFC 5208).
 *
 * @throws Vb365Error `pfx-damaged` where it is none. OpenSSL's reason is left out: it may quote the key.
 */
export function readPrivateKey(privateKeyInfo: Asn1): FoundKey {
  const [version, algorithm] = childrenOf(privateKeyInfo, Tag.sequence, 'the private key');
  // Some versions of OpenSSL read a key of any version.
  if (!VERSIONS.includes(integerOf(version, 'the version of the private key'))) {
    throw damaged('the private key is of a version that nobody writes');
  }
  const [identifier] = childrenOf(algorithm, Tag.sequence, 'the kind of the private key');
  const oid = oidOf(identifier, 'the kind of the private key');
  try {
    const privateKey = createPrivateKey({ key: privateKeyInfo.encoded, format: 'der', type: 'pkcs8' });
    const algorithm = keyAlgorithmOf(privateKey);
    return algorithm === 'unknown' ? { algorithm: oid, privateKey: undefined } : { algorithm, privateKey };
  } catch {
    if (oid === oids.rsaEncryption) throw damaged('the private key cannot be read');
    return { algorithm: oid, privateKey: undefined };
  }
}

/**
 * Reads an EncryptedPrivateKeyInfo (PKCS#8, RFC 5208).
 *
 * @throws Vb365Error `pfx-password-wrong`, `pfx-cipher-unsupported`, `pfx-iterations-too-many`, `pfx-damaged`
 */
export function readEncryptedPrivateKey(encryptedPrivateKeyInfo: Asn1 | undefined, unlocking: Unlocking): FoundKey {
  const [algorithm, ciphertext] = childrenOf(encryptedPrivateKeyInfo, Tag.sequence, 'the encrypted private key');
  // GnuTLS, given an empty password, puts a plain key where an encrypted one belongs; that begins with a version.
  if (encryptedPrivateKeyInfo && algorithm?.tag === Tag.integer) return readPrivateKey(encryptedPrivateKeyInfo);
  const octets = octetsOf(ciphertext, Tag.octetString, 'the encrypted private key');
  return readPrivateKey(decryptSequence(algorithm, octets, unlocking, 'the private key'));
}
