import { sha1SignatureByAuthority } from '../../../lib/certificates/rules/sha1-signature-by-authority';
import { noon } from '../../support/self-signed';
import { opensslCertificate, type OpensslCertificateOptions } from '../../support/openssl';

function check(options: OpensslCertificateOptions): ReturnType<typeof sha1SignatureByAuthority> {
  return sha1SignatureByAuthority({ certificate: opensslCertificate(options), at: noon });
}

describe('certificate-sha1-signature-by-authority', () => {
  it('fires for SHA-1 of an authority and names it', () => {
    expect(check({ byAuthority: true, signing: ['-sha1'] })?.message).toContain('CN=Test CA');
  });

  it('fires where the authority bears the name of the certificate', () => {
    expect(check({ byAuthority: true, signing: ['-sha1'], subject: '/CN=Test CA' })).toBeDefined();
  });

  it('fires for RSASSA-PSS with SHA-1', () => {
    expect(check({ byAuthority: true, signing: ['-sha1', '-sigopt', 'rsa_padding_mode:pss'] })).toBeDefined();
  });

  it('is silent for SHA-256 of an authority', () => {
    expect(check({ byAuthority: true })).toBeUndefined();
  });

  it('is silent for a self-signature', () => {
    expect(check({ signing: ['-sha1'] })).toBeUndefined();
  });
});
