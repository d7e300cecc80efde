import { Token } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { backupPermissions, dataCloudPermissions } from '../../lib/catalogue/permissions';
import type { CertificateLineage } from '../../lib/certificates/generation';
import { AdminConsent } from '../../lib/entra/admin-consent';
import { EntraApplication } from '../../lib/entra/entra-application';
import { RestorePortalApplication } from '../../lib/entra/restore-portal-application';
import { RestApiCertificate } from '../../lib/roles/installed-certificates';
import { BackupApplicationCertificate, EntraApplicationCertificate } from '../../lib/roles/published-certificates';
import { lineageOf } from '../support/lineages';
import { synthesized } from '../support/template';
import { thrownBy } from '../support/thrown';

const CLIENT_ID = '00000000-0000-0000-0000-00000000a001';
const two = lineageOf(2);
const [first, second] = two.generations as [CertificateLineage['generations'][0], CertificateLineage['generations'][0]];

/** What a construct throws that is given something else than it takes, as from JavaScript. */
const refusal = (build: (stack: TerraformStack) => unknown): ReturnType<typeof thrownBy> =>
  thrownBy(() => synthesized((stack) => void build(stack)));

const publish =
  (parts: object, id = 'certificate') =>
  (stack: TerraformStack): unknown => {
    const application = new EntraApplication(stack, 'application', { displayName: 'VB365' });
    return new EntraApplicationCertificate(stack, id, { application, lineage: { ...two, ...parts } });
  };

describe('a construct', () => {
  it.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['generations in the wrong order', publish({ generations: [second, first] }), 'generations-out-of-order'],
    ['a generation twice', publish({ generations: [first, first] }), 'generations-out-of-order'],
    ['a label that is no number', publish({ generations: [{ ...first, label: 'v1' }] }), 'generation-label-invalid'],
    ['a label of three digits', publish({ generations: [{ ...first, label: '001' }] }), 'generation-label-invalid'],
    ['no label', publish({ generations: [{ ...first, label: undefined }] }), 'generation-label-invalid'],
    ['no generations', publish({ generations: undefined }), 'prop-missing'],
    ['no name of a lineage', publish({ name: undefined }), 'prop-missing'],
    [
      'a display name that is a number',
      (stack) => new EntraApplication(stack, 'application', { displayName: 5 as never }),
      'prop-missing',
    ],
    ['the label 0000', publish({ generations: [{ ...first, label: '0000' }] }), 'generation-label-invalid'],
    ['a lineage of another role', publish({ name: 'primary/rest-api' }), 'lineage-of-another-role'],
    ['the name of no lineage', publish({ name: 'My App' }), 'lineage-malformed'],
    [
      'a lineage of the organization for its auxiliary application',
      (stack) => {
        const application = EntraApplication.fromClientId(stack, 'application', CLIENT_ID);
        return new BackupApplicationCertificate(stack, 'certificate', { application, lineage: two });
      },
      'lineage-of-another-role',
    ],
    [
      'a lineage twice on one application',
      (stack) => {
        const application = new EntraApplication(stack, 'application', { displayName: 'VB365' });
        new EntraApplicationCertificate(stack, 'one', { application, lineage: two });
        return new EntraApplicationCertificate(stack, 'another', { application, lineage: two });
      },
      'lineage-published-twice',
    ],
    ['what is no client id', (stack) => EntraApplication.fromClientId(stack, 'application', 'my-app'), 'uuid-invalid'],
    [
      'what is no host name',
      (stack) =>
        new RestApiCertificate(stack, 'x', {
          hostName: 'https://rest.example.com',
          lineage: lineageOf(1, 'a/rest-api'),
        }),
      'host-name-invalid',
    ],
    [
      'a name with what nobody sees',
      (stack) => new EntraApplication(stack, 'application', { displayName: 'VB365\u202e' }),
      'display-name-invalid',
    ],
    [
      'no lineage',
      (stack) => {
        const application = new EntraApplication(stack, 'application', { displayName: 'VB365' });
        return new EntraApplicationCertificate(stack, 'certificate', { application } as never);
      },
      'prop-missing',
    ],
    [
      'no application',
      (stack) => new EntraApplicationCertificate(stack, 'certificate', { lineage: two } as never),
      'prop-missing',
    ],
    ['no props', (stack) => new AdminConsent(stack, 'consent', undefined as never), 'prop-missing'],
    [
      'no web address',
      (stack) => new RestorePortalApplication(stack, 'portal', { displayName: 'Portal' } as never),
      'prop-missing',
    ],
    [
      'no client id',
      (stack) => EntraApplication.fromClientId(stack, 'application', undefined as never),
      'prop-missing',
    ],
  ])('refuses %s, and says where and what to do in the program', (_, build, code) => {
    const error = refusal(build);

    expect(error).toMatchObject({ code, subject: expect.stringMatching(/^test\//) });
    expect(error?.cure).not.toMatch(/\bvb365 [a-z]|yaml/);
  });

  it('takes what only Terraform will know', () => {
    const token = Token.asString({ resolve: () => '${var.given}' });

    expect(() =>
      synthesized((stack) => {
        EntraApplication.fromClientId(stack, 'application', token).addKeyCredential('0001', first);
        EntraApplication.fromClientId(stack, 'other', '${var.client_id}');
        new RestApiCertificate(stack, 'rest', { hostName: token, lineage: lineageOf(1, 'primary/rest-api') });
      }),
    ).not.toThrow();
  });

  it('takes every lineage of a keystore, whatever has been retired', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 4 }), (numbers) => {
        const generations = numbers
          .sort((one, other) => one - other)
          .map((number) => ({ ...first, label: String(number).padStart(4, '0') }));
        expect(refusal(publish({ generations }))).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});

describe('permissions', () => {
  const options = { services: ['exchange'], purposes: ['backup'], productVersion: '8.3' } as const;

  it.each([
    [{ services: ['Exchange'] }, 'service-unknown'],
    [{ services: [] }, 'service-unknown'],
    [{ services: undefined }, 'service-unknown'],
    [{ services: [undefined] }, 'service-unknown'],
    [{ purposes: [undefined] }, 'purpose-unknown'],
    [{ productVersion: 8.3 }, 'product-version-invalid'],
    [{ productVersion: undefined }, 'product-version-invalid'],
    [{ purposes: ['Backup'] }, 'purpose-unknown'],
    [{ purposes: [] }, 'purpose-unknown'],
    [{ productVersion: '12' }, 'product-version-invalid'],
    [{ productVersion: '7.0' }, 'product-version-too-old'],
  ])('are not looked up for %j', (parts, code) => {
    expect(thrownBy(() => backupPermissions({ ...options, ...parts } as never))?.code).toBe(code);
  });

  it('of Data Cloud are not looked up for an unknown service', () => {
    expect(thrownBy(() => dataCloudPermissions(['mail' as never]))?.code).toBe('service-unknown');
  });
});
