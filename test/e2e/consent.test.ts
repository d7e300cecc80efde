import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis, permissionIds } from '../../lib/catalogue/permission-ids';
import { issueSelfSigned } from '../../lib/certificates/issue';
import { writePfx } from '../../lib/certificates/pfx/write';
import { certificateProfile } from '../../lib/certificates/profile';
import { organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const PASSWORD = 'of the privileged pipeline';

/** Directory.Read.All, AppRoleAssignment.ReadWrite.All, RoleManagement.ReadWrite.Directory. */
const PRIVILEGES = [
  permissionIds.application.MicrosoftGraph['Directory.Read.All'],
  '06b708a9-e830-4db3-a914-8e69da51d44f',
  '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
];

endToEnd('consent in a stack of its own', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(organization(['consent: separate-stack']));
  });

  afterAll(() => deployment.close());

  it('is granted by other credentials than the application is made with', async () => {
    const { requests } = deployment.entra;
    await deployment.apply('contoso');
    expect(requests.count(/^POST .*(appRoleAssignedTo|roleAssignments)/)).toBe(0);

    // Two of Exchange Online, two of Microsoft Graph, and the directory role Global Reader.
    expect(await deployment.apply('contoso-consent', await privilegedPipeline(deployment))).toMatchObject({ added: 5 });
    expect(requests.count(/^POST .*appRoleAssignedTo/)).toBe(4);
    expect(requests.count(/^POST .*roleAssignments/)).toBe(1);
    expect((await deployment.plan('contoso-consent')).changes).toEqual([]);
    expect((await deployment.plan('contoso')).changes).toEqual([]);
  });
});

/** An application that signs in with a certificate, and the environment that makes the provider use it. */
async function privilegedPipeline({ entra, workplace }: Deployment): Promise<Record<string, string>> {
  const profile = certificateProfile('entra-application', { commonName: 'privileged pipeline' });
  const issued = await issueSelfSigned({ profile, keySize: 2048, validityDays: 1, at: new Date() });
  const { appId } = entra.directory.addApplication(tenants.contoso, { displayName: 'privileged pipeline' });
  const { id: principalId } = entra.directory.addServicePrincipal(tenants.contoso, appId);
  const graph = entra.directory.tenant(tenants.contoso).servicePrincipalOf(apis.MicrosoftGraph.clientId);
  for (const appRoleId of PRIVILEGES) {
    entra.directory.addAppRoleAssignment(tenants.contoso, { principalId, resourceId: graph?.id ?? '', appRoleId });
  }
  entra.directory.addKeyCredential(tenants.contoso, appId, issued.certificate);
  const file = join(workplace.folder, 'privileged-pipeline.pfx');
  writeFileSync(
    file,
    writePfx({ ...issued, password: PASSWORD, friendlyName: 'privileged pipeline', encryption: 'legacy' }),
  );
  return {
    ARM_CLIENT_ID: appId,
    ARM_CLIENT_SECRET: '',
    ARM_CLIENT_CERTIFICATE_PATH: file,
    ARM_CLIENT_CERTIFICATE_PASSWORD: PASSWORD,
  };
}
