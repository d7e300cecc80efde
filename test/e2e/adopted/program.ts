import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AdminConsent,
  backupPermissions,
  Certificate,
  EntraApplication,
  EntraApplicationCertificate,
  type IEntraApplication,
} from '../../../lib';
import { EXISTING, tenants } from '../configurations';

export interface ProgramOptions {
  /** Whether the application is one that somebody made by hand, or one of the stack's own in its place. */
  readonly isAdopted: boolean;
  /** In PEM, as it was when the state was made. */
  readonly certificate: string;
  readonly services?: readonly ('exchange' | 'sharepoint')[];
}

/** A program that uses constructs, without stacks of `vb365.yaml`; `recorded.tf.json` is what version 0.1.0 made of it. */
export function buildProgram(scope: Construct, { certificate, isAdopted, services }: ProgramOptions): TerraformStack {
  const stack = new TerraformStack(scope, 'program');
  new LocalBackend(stack, { path: '../../../terraform.program.tfstate' });
  new AzureadProvider(stack, 'azuread', { tenantId: tenants.contoso });
  const options = {
    permissions: backupPermissions({
      services: services ?? ['exchange', 'sharepoint'],
      purposes: ['backup', 'restore-interactive'],
      productVersion: '8.3',
    }),
    publicClientFlows: true,
    redirectUris: { publicClient: ['http://localhost'] },
  };
  const application: IEntraApplication = isAdopted
    ? EntraApplication.fromClientId(stack, 'northwind', EXISTING, options)
    : new EntraApplication(stack, 'northwind', { ...options, displayName: 'VB365 northwind' });
  new EntraApplicationCertificate(stack, 'northwind-certificate', {
    application,
    lineage: {
      name: 'northwind/entra-application',
      generations: [{ label: '0001', certificate: Certificate.fromPem(certificate) }],
    },
  });
  new AdminConsent(stack, 'northwind-consent', { application });
  return stack;
}
