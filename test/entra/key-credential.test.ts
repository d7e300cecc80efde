import { EntraApplication } from '../../lib/entra/entra-application';
import { KeyCredential } from '../../lib/entra/key-credential';
import type { Certificate } from '../../lib/certificates/certificate';
import { opensslCertificate } from '../support/openssl';
import { later, noon, selfSigned } from '../support/self-signed';
import { synthesized, type Template } from '../support/template';
import { thrownBy } from '../support/thrown';

function withCredentials(certificates: readonly Certificate[], applicationId = 'application'): Template {
  return synthesized((stack) => {
    const application = new EntraApplication(stack, applicationId, { displayName: 'VB365 contoso' });
    for (const [index, certificate] of certificates.entries()) {
      application.addKeyCredential(`000${index + 1}`, { certificate });
    }
  });
}

const keyIds = (template: Template): unknown[] =>
  template.resources('azuread_application_certificate').map(({ key_id }) => key_id);

describe('KeyCredential', () => {
  const certificate = selfSigned({ notBefore: noon, notAfter: later(noon, 86_400) });
  const successor = selfSigned({ notBefore: later(noon, 3600), notAfter: later(noon, 2 * 86_400) });

  it('publishes the certificate with what a reviewer can read', () => {
    expect(withCredentials([certificate]).resources('azuread_application_certificate')).toEqual([
      {
        application_id: expect.stringMatching(/^\$\{azuread_application\..*\.id\}$/),
        encoding: 'pem',
        lifecycle: { ignore_changes: ['value', 'encoding'] },
        end_date: '2026-06-02T12:00:00Z',
        key_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        start_date: '2026-06-01T12:00:00Z',
        type: 'AsymmetricX509Cert',
        value: certificate.pem,
      },
    ]);
  });

  it('ends the PEM without a line break, which the provider would take for a change', () => {
    expect(certificate.pem).toMatch(/-----END CERTIFICATE-----$/);
  });

  it('keeps the old credential untouched while the new one is added', () => {
    const before = withCredentials([certificate]).json;
    const after = withCredentials([certificate, successor]).json;

    expect(after).toMatchObject(before);
    expect(keyIds(withCredentials([certificate, successor]))).toHaveLength(2);
  });

  it('has a key id of its own for each application and certificate, and the same one each time', () => {
    const [first, second] = keyIds(withCredentials([certificate, successor]));

    expect(first).not.toBe(second);
    expect(keyIds(withCredentials([certificate]))).toEqual([first]);
    expect(keyIds(withCredentials([certificate], 'other'))).not.toEqual([first]);
  });

  it('stands on its own too', () => {
    const template = synthesized((stack) => {
      const application = EntraApplication.fromClientId(stack, 'application', '00000000-0000-0000-0000-00000000a001');
      new KeyCredential(stack, 'credential', { application, certificate });
    });

    expect(template.resources('azuread_application_certificate')).toHaveLength(1);
  });

  it('fails when the key is not RSA', () => {
    expect(thrownBy(() => withCredentials([opensslCertificate({ key: 'ec' })]))).toMatchObject({
      code: 'key-credential-not-rsa',
      message: expect.stringContaining('ec'),
    });
  });
});
