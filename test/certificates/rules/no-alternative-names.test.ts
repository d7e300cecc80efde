import { certificateProfile } from '../../../lib/certificates/profile';
import { noAlternativeNames } from '../../../lib/certificates/rules/no-alternative-names';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

const host = 'vb365.example.com';
const profile = certificateProfile('restore-portal', { commonName: host, hosts: [host] });
const unnamed = opensslCertificate({ subject: `/CN=${host}` });

describe('certificate-no-alternative-names', () => {
  it('fires where only the common name fits', () => {
    expect(noAlternativeNames({ certificate: unnamed, profile, at: noon })?.message).toContain(host);
  });

  it('is silent where the host stands among the alternative names', () => {
    const certificate = opensslCertificate({ extensions: [`subjectAltName = DNS:${host}`] });

    expect(noAlternativeNames({ certificate, profile, at: noon })).toBeUndefined();
  });

  it('is silent where the common name does not fit, which another rule says', () => {
    const certificate = opensslCertificate({ subject: '/CN=other.example.com' });

    expect(noAlternativeNames({ certificate, profile, at: noon })).toBeUndefined();
  });

  it('is silent for a role that serves no TLS', () => {
    const client = certificateProfile('entra-application', { commonName: host, hosts: [host] });

    expect(noAlternativeNames({ certificate: unnamed, profile: client, at: noon })).toBeUndefined();
  });
});
