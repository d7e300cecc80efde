import type { RoleId } from '../../../lib/catalogue/roles';
import { certificateProfile } from '../../../lib/certificates/profile';
import { usageMismatch } from '../../../lib/certificates/rules/usage-mismatch';
import { noon } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

function check(role: RoleId, ...extensions: string[]): ReturnType<typeof usageMismatch> {
  const profile = certificateProfile(role, { commonName: 'VB365' });
  return usageMismatch({ certificate: opensslCertificate({ extensions }), profile, at: noon });
}

describe('certificate-usage-mismatch', () => {
  it.each<[RoleId, string, string]>([
    ['rest-api', 'extendedKeyUsage = clientAuth', 'serverAuth'],
    ['entra-application', 'extendedKeyUsage = serverAuth', 'clientAuth'],
    ['server', 'extendedKeyUsage = codeSigning', 'serverAuth, clientAuth'],
    ['restore-portal', 'extendedKeyUsage = serverAuth', 'clientAuth'],
    ['rest-api', 'keyUsage = digitalSignature', 'keyEncipherment'],
    ['rest-api', 'keyUsage = keyCertSign, cRLSign', 'digitalSignature, keyEncipherment'],
    ['data-cloud', 'keyUsage = keyEncipherment', 'digitalSignature'],
  ])('fires for role %s where %s leaves out %s', (role, extension, missing) => {
    expect(check(role, extension)?.message).toContain(`it does not allow ${missing}, which role ${role} needs`);
  });

  it.each<[RoleId, string]>([
    ['rest-api', 'extendedKeyUsage = serverAuth'],
    ['server', 'extendedKeyUsage = serverAuth, clientAuth'],
    ['server', 'extendedKeyUsage = anyExtendedKeyUsage'],
    ['rest-api', 'keyUsage = digitalSignature, keyEncipherment, dataEncipherment'],
    ['entra-application', 'keyUsage = digitalSignature'],
  ])('is silent for role %s with %s', (role, extension) => {
    expect(check(role, extension)).toBeUndefined();
  });

  it('is silent where both extensions are absent, which allows every use', () => {
    expect(check('server')).toBeUndefined();
  });

  it('is silent without a profile', () => {
    const certificate = opensslCertificate({ extensions: ['extendedKeyUsage = codeSigning'] });

    expect(usageMismatch({ certificate, at: noon })).toBeUndefined();
  });
});
