import { notRsa } from '../../../lib/certificates/rules/not-rsa';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

describe('certificate-not-rsa', () => {
  it.each(['ec', 'ed25519', 'rsa-pss-2048'] as const)('fires for a key of type %s and names it', (key) => {
    const certificate = opensslCertificate({ key, signing: [] });

    expect(notRsa({ certificate, at: noon })?.message).toContain(`of type ${certificate.keyAlgorithm}`);
  });

  it('is silent for RSA, whoever signed it', () => {
    expect(notRsa({ certificate: opensslCertificate(), at: noon })).toBeUndefined();
    expect(notRsa({ certificate: opensslCertificate({ byAuthority: true }), at: noon })).toBeUndefined();
  });
});
