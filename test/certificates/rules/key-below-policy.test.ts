import { keyBelowPolicy } from '../../../lib/certificates/rules/key-below-policy';
import { opensslCertificate } from '../../support/openssl';
import { noon } from '../../support/self-signed';

describe('certificate-key-below-policy', () => {
  it.each([
    ['rsa-2048', 3072, 'the RSA key has 2048 bits, where 3072 are asked for'],
    ['rsa-2048', 4096, 'the RSA key has 2048 bits, where 4096 are asked for'],
    ['rsa-3072', 4096, 'the RSA key has 3072 bits, where 4096 are asked for'],
  ] as const)('fires for a key of %s where %i are asked for', (key, minimumKeySize, message) => {
    const certificate = opensslCertificate({ key });
    expect(keyBelowPolicy({ certificate, at: noon, minimumKeySize })?.message).toBe(message);
  });

  it.each([
    ['the size that is asked for', 'rsa-3072', 3072],
    ['a larger one', 'rsa-3072', 2048],
    ['one that is too short for anything, which the rule about that tells', 'rsa-1024', 3072],
    ['another kind of key, which the rule about that tells', 'ec', 3072],
    ['nothing that is asked for', 'rsa-2048', undefined],
  ] as const)('is silent about %s', (_, key, minimumKeySize) => {
    const certificate = opensslCertificate({ key });
    const asked = minimumKeySize === undefined ? {} : { minimumKeySize };
    expect(keyBelowPolicy({ certificate, at: noon, ...asked })).toBeUndefined();
  });
});
