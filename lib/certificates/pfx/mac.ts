import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, Tag } from '../../asn1/read';
import type { Unlocking } from './decryption';
import { passwordWrong, unsupported } from './errors';
import { hashOctets, type HashName, KeyPurpose } from './key-derivation';
import { hashNames, oids } from '../../asn1/oids';
import { passwordEncodings } from './password';

/**
 * Checks the MacData of RFC 7292 §4 over the content of the authenticated safe.
 *
 * @throws Vb365Error `pfx-password-wrong`, `pfx-mac-unsupported`, `pfx-iterations-too-many`, `pfx-damaged`
 */
export function verifyMac(macData: Asn1, content: Buffer, { password, derivation }: Unlocking): void {
  const [digestInfo, saltNode, iterationsNode] = childrenOf(macData, Tag.sequence, 'the MAC');
  const [algorithm, digestNode] = childrenOf(digestInfo, Tag.sequence, 'the digest of the MAC');
  const hash = readHash(algorithm);
  const digest = octetsOf(digestNode, Tag.octetString, 'the digest of the MAC');
  const salt = octetsOf(saltNode, Tag.octetString, 'the salt of the MAC');
  const iterations = iterationsNode === undefined ? 1 : integerOf(iterationsNode, 'the iteration count of the MAC');
  const fits = passwordEncodings(password).pkcs12.some((encoded) => {
    // RFC 7292 appendix B.4: the key of the MAC is as long as the hash.
    const length = hashOctets[hash];
    const key = derivation.pkcs12({ purpose: KeyPurpose.mac, hash, password: encoded, salt, iterations, length });
    const expected = createHmac(hash, key).update(content).digest();
    return expected.length === digest.length && timingSafeEqual(expected, digest);
  });
  if (!fits) throw passwordWrong('the file', password);
}

function readHash(algorithm: Asn1 | undefined): HashName {
  const oid = oidOf(childrenOf(algorithm, Tag.sequence, 'the hash of the MAC')[0], 'the hash of the MAC');
  const hash = hashNames[oid];
  if (hash === undefined) {
    throw unsupported(
      'pfx-mac-unsupported',
      `the MAC is made with ${oid === oids.pbmac1 ? 'PBMAC1 (RFC 9579)' : oid}; HMAC with MD5, SHA-1 or SHA-2 is read`,
    );
  }
  return hash;
}
