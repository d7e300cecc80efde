import { md5Signature } from '../../../lib/certificates/rules/md5-signature';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

describe('certificate-md5-signature', () => {
  it('fires for a self-signed certificate and for one of an authority', () => {
    const signing = ['-md5'];

    expect(md5Signature({ certificate: opensslCertificate({ signing }), at: noon })?.message).toContain('md5');
    expect(md5Signature({ certificate: opensslCertificate({ signing, byAuthority: true }), at: noon })).toBeDefined();
  });

  it.each(['-sha1', '-sha256', '-sha384', '-sha512'])('is silent for %s', (hash) => {
    expect(md5Signature({ certificate: opensslCertificate({ signing: [hash] }), at: noon })).toBeUndefined();
  });
});
