import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppRoleAssignment } from '@cdktf/provider-azuread/lib/app-role-assignment';
import { Application } from '@cdktf/provider-azuread/lib/application';
import { ApplicationApiAccess } from '@cdktf/provider-azuread/lib/application-api-access';
import { ApplicationCertificate } from '@cdktf/provider-azuread/lib/application-certificate';
import { DataAzureadServicePrincipal } from '@cdktf/provider-azuread/lib/data-azuread-service-principal';
import { DirectoryRoleAssignment } from '@cdktf/provider-azuread/lib/directory-role-assignment';
import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { ServicePrincipal } from '@cdktf/provider-azuread/lib/service-principal';
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { installationName, organizationName, tenantId } from '../sample-names';

/*
 * The stacks of the sample, as somebody who does not know this library would write them: values in place, nothing
 * checked, nothing named twice.
 *
 * Usage: synthesize-by-hand <number of organizations> <keystore>
 */
const [, , count = '0', keystore = ''] = process.argv;

const APIS = [
  {
    name: 'graph',
    clientId: '00000003-0000-0000-c000-000000000000',
    roleIds: [
      '3b55498e-47ec-484f-8136-9013221c06a9',
      '35930dcf-aceb-4bd1-b99a-8ffed403c974',
      '7b2449af-6ccd-4f4d-9f78-e550c193f0d1',
      '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
      '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
      '75359482-378d-4052-8f01-80520e7db3cd',
      '5b567255-7703-4780-807c-7be8301ae99b',
      '62a82d76-70ea-41e2-9197-370581804d09',
      '332a536c-c7ef-4017-ab91-336970924f0d',
      'bdd80a03-d9bc-451d-b7c4-ce7c63fe3c8f',
    ],
  },
  {
    name: 'exchange',
    clientId: '00000002-0000-0ff1-ce00-000000000000',
    roleIds: ['dc50a0fb-09a3-484d-be87-e023b12c6440', 'dc890d15-9560-4a4c-9b7f-a736ec74ec40'],
  },
  {
    name: 'sharepoint',
    clientId: '00000003-0000-0ff1-ce00-000000000000',
    roleIds: ['678536fe-1083-478a-9c59-b99265e6b0d3', 'df021288-bdef-4463-88db-98f22de89214'],
  },
];

const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';

class TenantStack extends TerraformStack {
  constructor(scope: Construct, name: string, tenant: string) {
    super(scope, name);
    new LocalBackend(this, { path: `../../../terraform.${name}.tfstate` });
    new AzureadProvider(this, 'azuread', { tenantId: tenant, environment: 'global' });
    this.addOverride('terraform.required_version', '>= 1.7');
    new TerraformOutput(this, 'entra', {
      description: 'Where the applications of this stack are registered',
      value: { stack: name, tenant, region: 'worldwide' },
    });
  }
}

class HandWrittenOrganization extends TenantStack {
  constructor(scope: Construct, name: string, tenant: string) {
    super(scope, name, tenant);
    const application = new Application(this, 'application', {
      displayName: `VB365 ${name}`,
      signInAudience: 'AzureADMyOrg',
      fallbackPublicClientEnabled: false,
      preventDuplicateNames: true,
      lifecycle: { ignoreChanges: ['identifier_uris', 'required_resource_access'] },
    });
    const { objectId } = new ServicePrincipal(this, 'principal', { clientId: application.clientId });
    for (const api of APIS) {
      new ApplicationApiAccess(this, `${api.name}-access`, {
        applicationId: application.id,
        apiClientId: api.clientId,
        roleIds: api.roleIds,
      });
      const principal = new DataAzureadServicePrincipal(this, api.name, { clientId: api.clientId });
      for (const appRoleId of api.roleIds) {
        new AppRoleAssignment(this, `${api.name}-${appRoleId}`, {
          appRoleId,
          principalObjectId: objectId,
          resourceObjectId: principal.objectId,
        });
      }
    }
    new DirectoryRoleAssignment(this, 'global-reader', { roleId: GLOBAL_READER, principalObjectId: objectId });
    this.#addCertificate(name, application);
    new TerraformOutput(this, 'clients', {
      description: 'Application (client) id by lineage',
      value: { [`${name}/entra-application`]: application.clientId },
    });
  }

  #addCertificate(name: string, application: Application): void {
    const text = readFileSync(join(keystore, name, 'entra-application/0001.crt'), 'utf8');
    const pem = text.slice(text.indexOf('-----BEGIN')).trimEnd();
    const { fingerprint, validFrom, validTo } = new X509Certificate(pem);
    new ApplicationCertificate(this, 'certificate', {
      applicationId: application.id,
      type: 'AsymmetricX509Cert',
      encoding: 'pem',
      value: pem,
      keyId: tenantId(1),
      startDate: new Date(validFrom).toISOString(),
      endDate: new Date(validTo).toISOString(),
      lifecycle: { ignoreChanges: ['value', 'encoding'] },
    });
    new TerraformOutput(this, 'certificate-in-use', {
      description: 'Certificate in use',
      value: {
        lineage: `${name}/entra-application`,
        generation: '0001',
        thumbprint: fingerprint.replaceAll(':', ''),
        expires: new Date(validTo).toISOString(),
      },
    });
  }
}

const app = new App();
new TenantStack(app, installationName, tenantId(0));
for (let number = 1; number <= Number(count); number += 1) {
  new HandWrittenOrganization(app, organizationName(number), tenantId(number));
}
app.synth();
