import { authorityAsLeaf } from '../../../lib/certificates/rules/authority-as-leaf';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

describe('certificate-authority-as-leaf', () => {
  it('fires for CA:TRUE', () => {
    const certificate = opensslCertificate({ extensions: ['basicConstraints = critical, CA:TRUE, pathlen:0'] });

    expect(authorityAsLeaf({ certificate, at: noon })?.message).toContain('CA:TRUE');
  });

  it.each([['basicConstraints = CA:FALSE'], []])('is silent for %s', (...extensions) => {
    expect(authorityAsLeaf({ certificate: opensslCertificate({ extensions }), at: noon })).toBeUndefined();
  });
});
