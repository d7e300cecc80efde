import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { isConsistentRsaKey } from '../../lib/certificates/pfx-rsa-consistency';
import { readPfx } from '../../lib/certificates/pfx-reader';
import { opensslCertificate, testKey } from '../support/openssl';
import { byHand } from '../support/pfx-by-hand';
import { thrownBy } from '../support/thrown';

/** The key with the last octet of one of its numbers changed. */
function damaged(part: keyof JsonWebKey): KeyObject {
  const jwk = testKey('rsa-2048').export({ format: 'jwk' });
  const octets = Buffer.from(String(jwk[part]), 'base64url');
  octets[octets.length - 1]! ^= 2;
  return createPrivateKey({ key: { ...jwk, [part]: octets.toString('base64url') }, format: 'jwk' });
}

describe('an RSA key', () => {
  it.each(['rsa-2048', 'rsa-3072', 'rsa-2047'] as const)('that OpenSSL has made is consistent (%s)', (kind) => {
    expect(isConsistentRsaKey(testKey(kind))).toBe(true);
  });

  it.each(['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const)('with another %s is not', (part) => {
    expect(isConsistentRsaKey(damaged(part))).toBe(false);
  });

  it('that signs wrongly is refused, though its public half is the one of the certificate', () => {
    const pfx = byHand.pfx([byHand.key(damaged('d')), byHand.certificate(opensslCertificate())]);
    expect(thrownBy(() => readPfx(pfx, undefined))?.code).toBe('private-key-damaged');
  });
});
