import type { RoleId } from '../../../lib/catalogue/roles';
import { certificateProfile } from '../../../lib/certificates/profile';
import { nameMismatch } from '../../../lib/certificates/rules/name-mismatch';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

const certificate = opensslCertificate({
  subject: '/CN=common.example',
  extensions: ['subjectAltName = DNS:vb365.example.com, DNS:*.example.org, IP:192.0.2.10'],
});

function check(hosts: string[], role: RoleId = 'rest-api'): ReturnType<typeof nameMismatch> {
  return nameMismatch({
    certificate,
    profile: certificateProfile(role, { commonName: 'VB365', hosts }),
    at: noon,
  });
}

describe('certificate-name-mismatch', () => {
  it('fires for the hosts that are missing and names them with those that are there', () => {
    expect(check(['vb365.example.com', 'portal.example.com', '192.0.2.11'])?.message).toBe(
      'it does not name portal.example.com, 192.0.2.11; it names vb365.example.com, *.example.org, 192.0.2.10',
    );
  });

  it.each(['a.b.example.org', 'example.org', 'common.example', '2001:db8::1'])('fires for %s', (host) => {
    expect(check([host])).toBeDefined();
  });

  it.each(['vb365.example.com', 'VB365.EXAMPLE.COM', 'portal.example.org', '192.0.2.10'])(
    'is silent for %s',
    (host) => {
      expect(check([host])).toBeUndefined();
    },
  );

  it.each<RoleId>(['server', 'rest-api', 'restore-portal', 'tenant-authentication', 'restore-operator-authentication'])(
    'fires for role %s, which serves TLS',
    (role) => {
      expect(check(['other.example.com'], role)).toBeDefined();
    },
  );

  it.each<RoleId>(['entra-application', 'data-cloud'])('is silent for role %s, which is a client only', (role) => {
    expect(check(['other.example.com'], role)).toBeUndefined();
  });

  it('is silent without a profile, and without hosts', () => {
    expect(nameMismatch({ certificate, at: noon })).toBeUndefined();
    expect(check([])).toBeUndefined();
  });

  it('looks at the common name where there are no alternative names', () => {
    const unnamed = opensslCertificate({ subject: '/CN=vb365.example.com' });
    const profileOf = (host: string) => certificateProfile('rest-api', { commonName: host, hosts: [host] });

    expect(nameMismatch({ certificate: unnamed, profile: profileOf('vb365.example.com'), at: noon })).toBeUndefined();
    expect(nameMismatch({ certificate: unnamed, profile: profileOf('a.example.com'), at: noon })?.message).toBe(
      'it does not name a.example.com; it names only its subject, CN=vb365.example.com',
    );
  });
});
