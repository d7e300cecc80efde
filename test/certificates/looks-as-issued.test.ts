import fc from 'fast-check';
import { roles } from '../../lib/catalogue/roles';
import { looksAsIssued } from '../../lib/certificates/looks-as-issued';
import { certificateProfile } from '../../lib/certificates/profile';
import { opensslCertificate, testKey } from '../support/openssl';
import { selfSigned } from '../support/self-signed';

const HOSTS = ['vb365.example.com', '192.0.2.10'];
const profile = certificateProfile('server', { commonName: 'vb365.example.com', hosts: HOSTS });
const look = { keySize: 2048, extendedKeyUsages: roles.server.extendedKeyUsages, hosts: HOSTS } as const;
const { der } = selfSigned({ profile });

describe('looksAsIssued', () => {
  it('knows what is issued, for any role and any host', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,9}[a-z0-9])?$/);
    const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
    const hosts = fc.uniqueArray(fc.oneof(name, fc.ipV4()), { maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(roles)), hosts, ({ id, extendedKeyUsages }, names) => {
        const issued = selfSigned({ profile: certificateProfile(id, { commonName: 'VB365', hosts: names }) });
        expect(looksAsIssued(issued.der, { keySize: 2048, extendedKeyUsages, hosts: names })).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['another host', { hosts: ['bk01.litware.example'] }],
    ['one host more', { hosts: [...HOSTS, 'portal.example.com'] }],
    ['a host that another one ends with', { hosts: ['example.com'] }],
    ['a host that another one begins with', { hosts: ['vb365.example'] }],
    ['another address', { hosts: ['192.0.2.1'] }],
    ['a larger key', { keySize: 3072 } as const],
  ])('is in doubt about %s', (_, other) => {
    expect(looksAsIssued(der, { ...look, ...other })).toBe(false);
  });

  it('is in doubt about a usage less', () => {
    const restApi = certificateProfile('rest-api', { commonName: 'vb365.example.com', hosts: HOSTS });
    expect(looksAsIssued(selfSigned({ profile: restApi }).der, look)).toBe(false);
  });

  it('knows larger keys by their size', () => {
    const large = selfSigned({ profile, key: testKey('rsa-3072') }).der;
    expect(looksAsIssued(large, { ...look, keySize: 3072 })).toBe(true);
    expect(looksAsIssued(large, look)).toBe(false);
  });

  it('is in doubt about what other programs make', () => {
    const { der: foreign } = opensslCertificate();
    expect(looksAsIssued(foreign, { keySize: 2048, extendedKeyUsages: ['serverAuth'], hosts: [] })).toBe(false);
  });
});
