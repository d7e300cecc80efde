import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Tag } from '../../lib/asn1/read';
import { der, integer, sequence } from '../../lib/asn1/write';
import { isConsistentRsaKey } from '../../lib/certificates/pfx-rsa-consistency';
import { readPfx } from '../../lib/certificates/pfx/read';
import { opensslCertificate, testKey } from '../support/openssl';
import { byHand } from '../support/pfx-by-hand';
import { thrownBy } from '../support/thrown';

/** RFC 8017 A.1.2, in its order. */
const PARTS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/** The key with the last octet of one of its numbers changed. In DER: Node from 24 on refuses some such keys in a JWK by itself. */
function damaged(changed: (typeof PARTS)[number]): KeyObject {
  const jwk = testKey('rsa-2048').export({ format: 'jwk' });
  const numbers = PARTS.map((part) => {
    const octets = Buffer.from(String(jwk[part]), 'base64url');
    if (part === changed) octets[octets.length - 1]! ^= 2;
    return der(Tag.integer, Buffer.alloc(octets[0]! >> 7), octets);
  });
  return createPrivateKey({ key: sequence(integer(0), ...numbers), format: 'der', type: 'pkcs1' });
}

describe('an RSA key', () => {
  it.each(['rsa-2048', 'rsa-3072', 'rsa-2047'] as const)('that OpenSSL has made is consistent (%s)', (kind) => {
    expect(isConsistentRsaKey(testKey(kind))).toBe(true);
  });

  it.each(PARTS)('with another %s is not', (part) => {
    expect(isConsistentRsaKey(damaged(part))).toBe(false);
  });

  it('that signs wrongly is refused, though its public half is the one of the certificate', () => {
    const pfx = byHand.pfx([byHand.key(damaged('d')), byHand.certificate(opensslCertificate())]);
    expect(thrownBy(() => readPfx(pfx, undefined))?.code).toBe('private-key-damaged');
  });
});
