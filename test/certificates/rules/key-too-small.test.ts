import { keyTooSmall } from '../../../lib/certificates/rules/key-too-small';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

describe('certificate-key-too-small', () => {
  it.each([
    ['rsa-1024', '1024 bits'],
    ['rsa-2047', '2047 bits'],
  ] as const)('fires for %s', (key, bits) => {
    expect(keyTooSmall({ certificate: opensslCertificate({ key }), at: noon })?.message).toContain(bits);
  });

  it.each(['rsa-2048', 'rsa-3072'] as const)('is silent for %s', (key) => {
    expect(keyTooSmall({ certificate: opensslCertificate({ key }), at: noon })).toBeUndefined();
  });

  it('is silent for an elliptic curve, whose bits count otherwise', () => {
    expect(keyTooSmall({ certificate: opensslCertificate({ key: 'ec' }), at: noon })).toBeUndefined();
  });
});
