import { sha1SelfSignature } from '../../../lib/certificates/rules/sha1-self-signature';
import { noon } from '../../support/self-signed';
import { opensslCertificate, type OpensslCertificateOptions } from '../../support/openssl';

function check(options: OpensslCertificateOptions): ReturnType<typeof sha1SelfSignature> {
  return sha1SelfSignature({ certificate: opensslCertificate(options), at: noon });
}

describe('certificate-sha1-self-signature', () => {
  it('fires for a self-signature with SHA-1', () => {
    expect(check({ signing: ['-sha1'] })?.message).toContain('sha1');
  });

  it('fires where the key usage does not allow to sign certificates', () => {
    expect(check({ signing: ['-sha1'], extensions: ['keyUsage = digitalSignature'] })).toBeDefined();
  });

  it('is silent for a self-signature with SHA-256', () => {
    expect(check({})).toBeUndefined();
  });

  it('is silent where an authority has signed with SHA-1', () => {
    expect(check({ signing: ['-sha1'], byAuthority: true })).toBeUndefined();
  });
});
