import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, Tag } from '../../asn1/read';
import type { Unlocking } from './decryption';
import { passwordWrong, unsupported } from './errors';
import { hashOctets, type KeyDerivation, KeyPurpose } from './key-derivation';
import { damaged } from '../../asn1/malformed';
import { hashNames, oids } from '../../asn1/oids';
import { passwordEncodings } from './password';
import { readHmac, readPbkdf2 } from './pbkdf2';

/** RFC 9579 §5: octets; a shorter key is guessed, and a longer one than any hash is not asked for by anybody. */
const SHORTEST_KEY = 20;
const LONGEST_KEY = 512;

/** The MAC over some content, for each encoding that the password may have had. */
type Macs = (content: Buffer, password: string | undefined) => Iterable<Buffer>;

/**
 * Checks the MacData of RFC 7292 §4 over the content of the authenticated safe.
 *
 * @throws Vb365Error `pfx-password-wrong`, `pfx-mac-unsupported`, `pfx-iterations-too-many`, `pfx-damaged`
 */
export function verifyMac(macData: Asn1, content: Buffer, { password, derivation }: Unlocking): void {
  const [digestInfo, ...legacy] = childrenOf(macData, Tag.sequence, 'the MAC');
  const [algorithm, digestNode] = childrenOf(digestInfo, Tag.sequence, 'the digest of the MAC');
  const [identifier, parameters] = childrenOf(algorithm, Tag.sequence, 'the hash of the MAC');
  const oid = oidOf(identifier, 'the hash of the MAC');
  const digest = octetsOf(digestNode, Tag.octetString, 'the digest of the MAC');
  const macs = oid === oids.pbmac1 ? readPbmac1(parameters, derivation) : readPkcs12Mac(oid, legacy, derivation);
  for (const expected of macs(content, password)) {
    if (expected.length === digest.length && timingSafeEqual(expected, digest)) return;
  }
  throw passwordWrong('the file', password);
}

/** RFC 7292 appendix B.4: the key of the MAC is as long as the hash. */
function readPkcs12Mac(oid: string, [saltNode, iterationsNode]: readonly Asn1[], derivation: KeyDerivation): Macs {
  const hash = hashNames[oid];
  if (hash === undefined) {
    throw unsupported(
      'pfx-mac-unsupported',
      `the MAC is made with ${oid}; PBMAC1 (RFC 9579), and HMAC with MD5, SHA-1 and the six hashes of SHA-2, are read`,
    );
  }
  const salt = octetsOf(saltNode, Tag.octetString, 'the salt of the MAC');
  const iterations = iterationsNode === undefined ? 1 : integerOf(iterationsNode, 'the iteration count of the MAC');
  const common = { purpose: KeyPurpose.mac, hash, salt, iterations, length: hashOctets[hash] };
  return function* (content, password) {
    for (const encoded of passwordEncodings(password).pkcs12) {
      yield createHmac(hash, derivation.pkcs12({ ...common, password: encoded }))
        .update(content)
        .digest();
    }
  };
}

/** RFC 9579: salt and iterations stand in the parameters of the algorithm, and those of the MacData mean nothing. */
function readPbmac1(parameters: Asn1 | undefined, derivation: KeyDerivation): Macs {
  const [kdf, scheme] = childrenOf(parameters, Tag.sequence, 'the parameters of PBMAC1');
  const { length, ...common } = readPbkdf2(kdf, 'pfx-mac-unsupported');
  const hash = readHmac(scheme, 'pfx-mac-unsupported', 'PBMAC1');
  if (length === undefined) throw damaged('PBMAC1 does not say how long its key is');
  if (length < SHORTEST_KEY || length > LONGEST_KEY) {
    throw damaged(`PBMAC1 has a key of ${length} octets; ${SHORTEST_KEY} to ${LONGEST_KEY} are allowed`);
  }
  return function* (content, password) {
    // RFC 9579 erratum 7974: the password is UTF-8, as in PBES2, and no BMPString.
    for (const encoded of passwordEncodings(password).pbes2) {
      yield createHmac(hash, derivation.pbkdf2({ ...common, password: encoded, length }))
        .update(content)
        .digest();
    }
  };
}
