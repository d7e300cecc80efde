import { apis } from '../../lib/catalogue/permission-ids';
import type { Outcome } from '../support/cli';
import { EXISTING, organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const LINES = ['services: [exchange, sharepoint]', 'purposes: [backup, restore-interactive]'];

jest.setTimeout(240_000);

const deployments: Deployment[] = [];

afterAll(async () => {
  await Promise.all(deployments.map((deployment) => deployment.close()));
});

async function started(lines: readonly string[]): Promise<Deployment> {
  const deployment = await Deployment.start(organization([...LINES, ...lines]));
  deployments.push(deployment);
  return deployment;
}

/** With the account of Terraform, or by the sign-in of the application alone. */
function verify({ entra, workplace }: Deployment, clientId: string, withReader = true): Promise<Outcome> {
  const { ARM_CLIENT_ID = '', ...cloud } = entra.environment(tenants.contoso);
  const env = withReader ? { ...cloud, ARM_CLIENT_ID } : cloud;
  return workplace.run(['verify', 'contoso/entra-application', '--client-id', `contoso=${clientId}`], { env });
}

endToEnd('what a deployment has granted', () => {
  it('is all that verify asks for, and each grant that is taken away is named until it is deployed again', async () => {
    const deployment = await started(['application: { displayName: VB365 contoso }', 'consent: separate-stack']);
    await deployment.apply('contoso');
    const [{ appId } = { appId: '' }] = deployment.applications(tenants.contoso);
    const { directory } = deployment.entra;
    const tenant = directory.tenant(tenants.contoso);
    const exchange = tenant.servicePrincipalOf(apis.ExchangeOnline.clientId)!.id;
    const graph = tenant.servicePrincipalOf(apis.MicrosoftGraph.clientId)!.id;
    // Somebody has begun by hand.
    const { id: clientId } = tenant.servicePrincipalOf(appId)!;
    directory.addPermissionGrant(tenants.contoso, { clientId, resourceId: graph, scope: 'Directory.Read.All' });
    const before = await verify(deployment, appId);
    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/consent .* 15 permissions asked for, 1 granted/);
    expect(before.stderr).toContain('cure: run "npx cdktf deploy contoso-consent"\n');
    expect(before.stderr).toContain('the entry already exists, run "vb365 recover contoso-consent" before');

    await expect(deployment.applySynthesized('contoso-consent')).rejects.toThrow(/Permission entry already exists/);
    const { ARM_TENANT_ID: _, ...env } = deployment.entra.environment('');
    expect(await deployment.workplace.run(['recover', 'contoso-consent'], { env })).toMatchObject({ code: 0 });
    await deployment.applySynthesized('contoso-consent');
    expect(await verify(deployment, appId)).toMatchObject({ code: 0, stderr: '1 lineage: 1 well\n' });
    expect(await verify(deployment, appId, false)).toMatchObject({ code: 0, stderr: '1 lineage: 1 well\n' });

    const appRole = tenant.appRoleAssignments.all().find(({ resourceId }) => resourceId === exchange)!;
    const scopes = tenant.permissionGrants.all().find(({ resourceId }) => resourceId === graph)!;
    const [lost = '', ...kept] = scopes.scope.split(' ');
    tenant.appRoleAssignments.delete(appRole.id);
    tenant.permissionGrants.replace({ ...scopes, scope: kept.join(' ') });
    for (const { id } of tenant.roleAssignments.all()) tenant.roleAssignments.delete(id);

    const { code, stderr } = await verify(deployment, appId);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /granted 2 of .*: Office 365 Exchange Online \(application\): \w[\w.]+; directory role: Global Reader\n/,
    );
    expect(stderr).toContain(
      `granted 1 of the 15 permissions that the application needs: Microsoft Graph (delegated): ${lost}\n`,
    );

    await deployment.applySynthesized('contoso-consent');
    expect(await verify(deployment, appId)).toMatchObject({ code: 0, stderr: '1 lineage: 1 well\n' });
  });

  it('leaves a grant that was there alone, and verify names the scopes that it lacks', async () => {
    const given = `application: { clientId: ${EXISTING}, alreadyConsented: [MicrosoftGraph/delegated] }`;
    const deployment = await started([given, 'consent: same-stack']);
    const { directory } = deployment.entra;
    directory.addApplication(tenants.contoso, { appId: EXISTING, displayName: 'from the wizard' });
    const { id: clientId } = directory.addServicePrincipal(tenants.contoso, EXISTING);
    const { id: resourceId } = directory.tenant(tenants.contoso).servicePrincipalOf(apis.MicrosoftGraph.clientId)!;
    const { id } = directory.addPermissionGrant(tenants.contoso, {
      clientId,
      resourceId,
      scope: 'User.Read Mail.Read',
    });
    await deployment.apply('contoso');
    expect(directory.tenant(tenants.contoso).permissionGrants.get(id)?.scope).toBe('User.Read Mail.Read');

    const { code, stderr } = await verify(deployment, EXISTING);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Entra has not granted \d+ of the \d+ permissions .*: Microsoft Graph \(delegated\): /);
    expect(stderr).toContain(`"az ad app permission admin-consent --id ${EXISTING}"`);
  });
});
