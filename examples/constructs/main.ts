import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  AdminConsent,
  backupPermissions,
  Certificate,
  type CertificateLineage,
  EntraApplication,
  EntraApplicationCertificate,
} from 'cdktf-vb365';

/** The certificates of a lineage, oldest first: this program keeps them where it likes. */
function lineage(name: string, ...labels: string[]): CertificateLineage {
  const read = (label: string): string =>
    readFileSync(join(__dirname, 'certificates', `${name.replace('/', '-')}-${label}.crt`), 'utf8');
  return { name, generations: labels.map((label) => ({ label, certificate: Certificate.fromPem(read(label)) })) };
}

const app = new App();
const stack = new TerraformStack(app, 'backup');
new LocalBackend(stack, { path: '../../../terraform.backup.tfstate' });
new AzureadProvider(stack, 'azuread', { tenantId: '00000000-0000-0000-0000-000000000002' });

const permissions = backupPermissions({
  services: ['exchange', 'sharepoint'],
  purposes: ['backup', 'restore'],
  productVersion: '8.3',
});

// An application of our own: two certificates overlap while the server switches from one to the other.
const contoso = new EntraApplication(stack, 'contoso', { displayName: 'VB365 contoso', permissions });
new EntraApplicationCertificate(stack, 'contoso-certificate', {
  application: contoso,
  lineage: lineage('contoso/entra-application', '0001', '0002'),
});
new AdminConsent(stack, 'contoso-consent', { application: contoso });

// An application that is there already: what it has stays, whatever takes its place later.
const northwind = EntraApplication.fromClientId(stack, 'northwind', '00000000-0000-0000-0000-00000000a001', {
  permissions,
});
new EntraApplicationCertificate(stack, 'northwind-certificate', {
  application: northwind,
  lineage: lineage('northwind/entra-application', '0001'),
});

app.synth();
