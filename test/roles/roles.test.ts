import { App, TerraformStack, Testing } from 'cdktf';
import type { CertificateLineage } from '../../lib/certificates/generation';
import { EntraApplication } from '../../lib/entra/entra-application';
import { certificateProfile } from '../../lib/certificates/profile';
import { lineageOf } from '../support/lineages';
import { selfSigned } from '../support/self-signed';
import { synthesized, type Template } from '../support/template';
import {
  RestApiCertificate,
  RestoreOperatorAuthenticationCertificate,
  ServerCertificate,
  TenantAuthenticationCertificate,
} from '../../lib/roles/installed-certificates';
import {
  BackupApplicationCertificate,
  DataCloudCertificate,
  EntraApplicationCertificate,
  RestorePortalCertificate,
} from '../../lib/roles/published-certificates';

const installed = [
  [ServerCertificate, 'primary/server', 'Set-VBOSecuritySettings'],
  [RestApiCertificate, 'primary/rest-api', 'Set-VBORestAPISettings'],
  [TenantAuthenticationCertificate, 'primary/tenant-authentication', 'Set-VBOTenantAuthenticationSettings'],
  [
    RestoreOperatorAuthenticationCertificate,
    'primary/restore-operator-authentication',
    'Set-VBOOperatorAuthenticationSettings',
  ],
] as const;

const published = [
  [EntraApplicationCertificate, 'contoso/entra-application', 'entra-application'],
  [
    BackupApplicationCertificate,
    'contoso/backup-application-00000000-0000-0000-0000-00000000a001',
    'entra-application',
  ],
  [RestorePortalCertificate, 'primary/restore-portal', 'restore-portal'],
  [DataCloudCertificate, 'fabrikam/data-cloud', 'data-cloud'],
] as const;

describe.each(installed)('%p', (Role, name, cmdlet) => {
  const synthesize = (lineage: CertificateLineage): Template =>
    synthesized((stack) => {
      new Role(stack, 'role', { hostName: 'vb365.example.com', lineage });
    });

  it('says what shall be installed where, of the current generation only', () => {
    const lineage = lineageOf(2, name);

    expect(synthesize(lineage).resources('terraform_data')).toMatchObject([
      {
        input: {
          cmdlet,
          expires: '2027-06-02T12:00:00Z',
          generation: '0002',
          host: 'vb365.example.com',
          lineage: name,
          thumbprint: lineage.generations[1]!.certificate.thumbprint,
        },
      },
    ]);
  });

  it('keeps its address when a generation follows', () => {
    expect(synthesize(lineageOf(2, name)).addresses()).toEqual(synthesize(lineageOf(1, name)).addresses());
  });
});

describe.each(published)('%p', (Role, name, roleId) => {
  const synthesize = (lineage: CertificateLineage): Template =>
    synthesized((stack) => {
      const application = EntraApplication.fromClientId(stack, 'application', '00000000-0000-0000-0000-00000000a001');
      expect(new Role(stack, 'role', { application, lineage }).role.id).toBe(roleId);
    });

  it('publishes every generation as a credential of its own', () => {
    const lineage = lineageOf(3, name);

    expect(
      synthesize(lineage)
        .resources('azuread_application_certificate')
        .map(({ value }) => value),
    ).toEqual(lineage.generations.map(({ certificate }) => certificate.pem));
  });

  it('tells which one is current', () => {
    const lineage = lineageOf(2, name);

    expect(synthesize(lineage).outputs()).toMatchObject([
      {
        value: {
          expires: '2027-06-02T12:00:00Z',
          generation: '0002',
          lineage: name,
          thumbprint: lineage.generations[1]!.certificate.thumbprint,
        },
      },
    ]);
  });

  it('destroys one resource and touches no other when the oldest generation is retired', () => {
    const two = lineageOf(2, name);
    const after = synthesize({ ...two, generations: two.generations.slice(1) }).addresses();

    expect(
      synthesize(two)
        .addresses()
        .filter((address) => !after.includes(address)),
    ).toHaveLength(1);
    expect(after.every((address) => synthesize(two).addresses().includes(address))).toBe(true);
  });
});

describe('a certificate whose names Terraform would evaluate', () => {
  it('brings none of its names into the stack', () => {
    const profile = certificateProfile('rest-api', { commonName: '${path.cwd} %{ if true } ${TfToken[TOKEN.999]}' });
    const lineage = {
      name: 'primary/rest-api',
      generations: [{ label: '0001', certificate: selfSigned({ profile }) }],
    };
    const template = synthesized((stack) => {
      new RestApiCertificate(stack, 'role', { hostName: 'vb365.example.com', lineage });
    });

    expect(lineage.generations[0]?.certificate.subject).toContain('${path.cwd}');
    expect(JSON.stringify(template.json)).not.toMatch(/path\.cwd|%\{|TfToken/);
  });
});

describe('a role without a certificate', () => {
  it('fails the synthesis, and names every lineage that misses one', () => {
    const app = Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir }));
    const stack = new TerraformStack(app, 'test');
    new ServerCertificate(stack, 'a', { hostName: 'a', lineage: { name: 'primary/server', generations: [] } });
    new RestApiCertificate(stack, 'b', { hostName: 'b', lineage: { name: 'primary/rest-api', generations: [] } });

    expect(() => {
      app.synth();
    }).toThrow(/primary\/server has no certificate[\s\S]*primary\/rest-api has no certificate/);
  });
});
