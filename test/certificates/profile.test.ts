import fc from 'fast-check';
import { type RoleId, roleIds } from '../../lib/catalogue/roles';
import { certificateProfile } from '../../lib/certificates/profile';
import { thrownBy } from '../support/thrown';

const commonName = 'VB365 contoso';

describe('certificateProfile', () => {
  it('sorts hosts into DNS names and addresses, in their order and each once', () => {
    const hosts = ['b.example', '192.0.2.10', 'a.example', 'B.Example', '2001:DB8::1', '192.0.2.10', '[2001:db8:0::1]'];

    const profile = certificateProfile('rest-api', { commonName, hosts });

    expect(profile.dnsNames).toEqual(['b.example', 'a.example']);
    expect(profile.ipAddresses).toEqual(['192.0.2.10', '2001:db8:0:0:0:0:0:1']);
  });

  it('has no alternative names without hosts', () => {
    const profile = certificateProfile('entra-application', { commonName });

    expect(profile.dnsNames).toEqual([]);
    expect(profile.ipAddresses).toEqual([]);
  });

  it('does not make an alternative name of the common name', () => {
    expect(certificateProfile('rest-api', { commonName: 'vb365.example.com' }).dnsNames).toEqual([]);
  });

  it.each<[RoleId, string[]]>([
    ['server', ['serverAuth', 'clientAuth']],
    ['rest-api', ['serverAuth']],
    ['entra-application', ['clientAuth']],
    ['tenant-authentication', ['serverAuth', 'clientAuth']],
    ['restore-operator-authentication', ['serverAuth', 'clientAuth']],
    ['restore-portal', ['serverAuth', 'clientAuth']],
    ['data-cloud', ['clientAuth']],
  ])('shows the certificate of %s for %j', (role, usages) => {
    expect(certificateProfile(role, { commonName }).extendedKeyUsages).toEqual(usages);
  });

  it.each(roleIds)('lets the key of %s sign and be encrypted to', (role) => {
    expect(certificateProfile(role, { commonName }).keyUsages).toEqual(['digitalSignature', 'keyEncipherment']);
  });

  describe('commonName', () => {
    it.each([
      ['keeps 64 characters', 'a'.repeat(64), 'a'.repeat(64)],
      ['cuts the 65th', 'a'.repeat(65), 'a'.repeat(64)],
      ['counts characters, not UTF-16 units', '😀'.repeat(65), '😀'.repeat(64)],
      ['leaves no dot where it cuts', `${'a'.repeat(63)}.example.com`, 'a'.repeat(63)],
      ['leaves no blank where it cuts', `${'a'.repeat(62)}  VB365`, 'a'.repeat(62)],
      ['drops blanks around', '  VB365 Restore Portal ', 'VB365 Restore Portal'],
      ['keeps what is not ASCII', 'Rücksicherung €', 'Rücksicherung €'],
    ])('%s', (_, given, kept) => {
      expect(certificateProfile('server', { commonName: given }).commonName).toBe(kept);
    });

    it('keeps a host name that is too long whole among the DNS names', () => {
      const host = `${'a'.repeat(60)}.example.com`;

      const profile = certificateProfile('server', { commonName: host, hosts: [host] });

      expect(profile.commonName).toBe(host.slice(0, 64));
      expect(profile.dnsNames).toEqual([host]);
    });

    it.each(['', '   ', 'a\nb', 'a\u0000b', '\ud800'])('fails for %j', (given) => {
      expect(thrownBy(() => certificateProfile('server', { commonName: given }))?.code).toBe(
        'certificate-common-name-invalid',
      );
    });
  });

  describe('hosts', () => {
    it.each([
      ['EXAMPLE.com.', 'example.com'],
      ['*.Example.com', '*.example.com'],
      ['bücher.example', 'xn--bcher-kva.example'],
      ['backup_01', 'backup_01'],
      ['localhost', 'localhost'],
      [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
      [`${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
    ])('takes the DNS name %s', (given, name) => {
      expect(certificateProfile('server', { commonName, hosts: [given] }).dnsNames).toEqual([name]);
    });

    it.each([
      '',
      '.',
      'a..b',
      '*',
      '*.*.example.com',
      'vb*.example.com',
      '-a.example',
      'https://a.example',
      'a.example:4443',
      'a.example/path',
      'a.example?',
      'a%2eexample',
      'user@a.example',
      'a b',
      'a\nb',
      '192.168.1',
      '0x7f.1',
      '300.1.1.1',
      '[a.example]',
      '[192.0.2.10]',
      'fe80::1%eth0',
      `${'a'.repeat(64)}.example`,
      `${'a.'.repeat(127)}a`,
    ])('fails for %j', (host) => {
      expect(thrownBy(() => certificateProfile('server', { commonName, hosts: [host] }))?.code).toBe(
        'certificate-host-invalid',
      );
    });

    it('gives the same profile for hosts that it has made canonical', () => {
      const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
      fc.assert(
        fc.property(fc.array(host), (hosts) => {
          const once = certificateProfile('server', { commonName, hosts });
          const twice = certificateProfile('server', { commonName, hosts: [...once.dnsNames, ...once.ipAddresses] });
          expect(twice).toEqual(once);
        }),
      );
    });
  });
});
