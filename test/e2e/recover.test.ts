import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXISTING, organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';
import { deleteApplication as deleteFrom } from '../../emulators/entra/directory/applications';
import type { Outcome } from '../support/cli';
import type { RecoveredStack } from '../../lib/recover/recover';

const LINEAGE = 'contoso/entra-application';
const LINES = [
  'services: [exchange, sharepoint]',
  'purposes: [backup, restore-interactive]',
  'application: { displayName: VB365 contoso }',
];

const deployments: Deployment[] = [];

async function deployed(consent: string, stacks: readonly string[]): Promise<Deployment> {
  const deployment = await Deployment.start(organization([...LINES, `consent: ${consent}`]));
  deployments.push(deployment);
  for (const stack of stacks) await deployment.apply(stack);
  return deployment;
}

afterAll(async () => {
  await Promise.all(deployments.map((deployment) => deployment.close()));
});

function recover({ entra, workplace }: Deployment, ...args: readonly string[]): Promise<Outcome> {
  const { ARM_TENANT_ID: _, ...env } = entra.environment('');
  return workplace.run(['recover', ...args], { env });
}

function loseState({ workplace }: Deployment, stack: string): void {
  for (const end of ['', '.backup']) rmSync(workplace.path(`terraform.${stack}.tfstate${end}`), { force: true });
}

function applicationOf(deployment: Deployment): { readonly id: string; readonly appId: string } {
  const [application] = deployment.applications(tenants.contoso);
  if (application === undefined) throw new Error('the tenant has no application');
  return application;
}

/** Each test finds the stack deployed, and leaves it so. */
endToEnd('a stack with its consent', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await deployed('same-stack', []);
    await deployment.issueSuccessor(LINEAGE);
    await deployment.apply('contoso');
  });

  it('is recovered where its state is lost: the plan imports all, makes nothing twice, destroys nothing, and the next one is empty', async () => {
    const before = applicationOf(deployment);
    loseState(deployment, 'contoso');
    // Terraform itself refuses to make a second one.
    await expect(deployment.plan('contoso')).rejects.toThrow(/prevent_duplicate_names/);

    const { code, stdout } = await recover(deployment, 'contoso', '--json');
    const { imports, missing } = JSON.parse(stdout) as RecoveredStack;
    expect({ code, missing }).toEqual({ code: 0, missing: [] });

    // Synthesized anew, as cdktf does it: the file stays.
    const { counts, changes } = await deployment.plan('contoso');
    expect(counts).toEqual({ imported: imports.length, added: 0, changed: 1, destroyed: 0 });
    expect(changes).toEqual([expect.stringMatching(/^update azuread_application\./)]);
    await deployment.applySynthesized('contoso');
    expect((await deployment.plan('contoso')).changes).toEqual([]);
    expect(deployment.applications(tenants.contoso)).toHaveLength(1);
    expect(applicationOf(deployment)).toMatchObject({ id: before.id, appId: before.appId });

    // A rotation goes on as if nothing had been.
    await deployment.issueSuccessor(LINEAGE);
    deployment.removeGeneration(LINEAGE, 1);
    const rotated = await deployment.plan('contoso');
    expect(rotated.changes.map((change) => change.replace(/\..*/, ''))).toEqual([
      'delete azuread_application_certificate',
      'create azuread_application_certificate',
    ]);
    await deployment.applySynthesized('contoso');
    expect((await deployment.signIn(LINEAGE, before.appId, tenants.contoso)).signedIn).toBe(true);
  });

  it('asks which application is meant where two have its name', async () => {
    const { appId } = applicationOf(deployment);
    const state = deployment.workplace.read('terraform.contoso.tfstate');
    loseState(deployment, 'contoso');
    const other = deployment.entra.directory.addApplication(tenants.contoso, { displayName: 'VB365 contoso' });
    const asked = await recover(deployment, 'contoso');
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toContain('error[recover-application-ambiguous]');
    expect(asked.stderr).toMatch(new RegExp(`${appId} \\([^)]*holds 2 of 2 certificates\\)`));
    expect(asked.stderr).toMatch(new RegExp(`${other.appId} \\([^)]*holds 0 of 2 certificates\\)`));

    expect((await recover(deployment, 'contoso', '--client-id', appId.toUpperCase())).code).toBe(0);
    expect((await deployment.plan('contoso')).counts).toMatchObject({ added: 0, destroyed: 0 });

    deployment.entra.directory.tenant(tenants.contoso).applications.delete(other.id);
    deployment.workplace.write('terraform.contoso.tfstate', state);
  });

  it('cannot be planned where somebody deleted its application in Entra, which is restored with its certificates', async () => {
    const { appId, id } = applicationOf(deployment);
    deleteApplication(deployment, id);
    await expect(deployment.plan('contoso')).rejects.toThrow(/Retrieving Application/);

    const said = await recover(deployment, 'contoso');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('error[recover-application-deleted]');
    expect(said.stderr).toContain('run "vb365 recover contoso --restore"');

    const restored = await recover(deployment, 'contoso', '--restore');
    expect(restored.code).toBe(0);
    expect(restored.stderr).toContain(`Restored the application ${appId}.`);
    // What was granted is gone with the service principal.
    const { changes } = await deployment.plan('contoso');
    expect(
      changes.filter((change) => !/^create azuread_(?:app_role|directory_role|service_principal_del)/.test(change)),
    ).toEqual([]);
    await deployment.applySynthesized('contoso');
    expect((await deployment.plan('contoso')).changes).toEqual([]);
    expect((await deployment.signIn(LINEAGE, appId, tenants.contoso)).signedIn).toBe(true);
  });

  it('is made anew where its application is gone for good, once the state has let go of its key credentials', async () => {
    const { id } = applicationOf(deployment);
    deleteApplication(deployment, id);
    deployment.entra.directory.tenant(tenants.contoso).deletedApplications.delete(id);

    const { code, stderr } = await recover(deployment, 'contoso');
    expect(code).toBe(1);
    expect(stderr).toContain('error[recover-application-missing]');
    const [, folder = '', addresses = ''] = /terraform -chdir=(\S+) state rm ([^"]+)"/.exec(stderr) ?? [];
    expect(join(deployment.workplace.folder, folder)).toBe(deployment.workplace.path('cdktf.out/stacks/contoso'));
    await deployment.terraform('contoso', ['state', 'rm', ...addresses.split(' ')]);
    await deployment.apply('contoso');
    expect((await deployment.plan('contoso')).changes).toEqual([]);
    expect(deployment.applications(tenants.contoso)).toHaveLength(1);
  });
});

endToEnd('a stack whose state is lost', () => {
  it('is recovered where its consent stands apart, each stack by itself', async () => {
    const deployment = await deployed('separate-stack', ['contoso', 'contoso-consent']);
    loseState(deployment, 'contoso');
    loseState(deployment, 'contoso-consent');
    for (const stack of ['contoso', 'contoso-consent']) {
      expect((await recover(deployment, stack)).code).toBe(0);
      const { counts } = await deployment.plan(stack);
      expect(counts).toMatchObject({ added: 0, destroyed: 0 });
      expect(counts.imported).toBeGreaterThan(0);
      await deployment.applySynthesized(stack);
      expect((await deployment.plan(stack)).changes).toEqual([]);
    }
  });

  it('is recovered where its application was there before: what it imports by itself is left to it', async () => {
    const lines = LINES.with(2, `application: { clientId: ${EXISTING} }`);
    const deployment = await Deployment.start(organization([...lines, 'consent: same-stack']));
    deployments.push(deployment);
    const { directory } = deployment.entra;
    directory.addApplication(tenants.contoso, { appId: EXISTING, displayName: 'from the wizard' });
    directory.addServicePrincipal(tenants.contoso, EXISTING);
    await deployment.apply('contoso');
    loseState(deployment, 'contoso');
    const { code, stderr } = await recover(deployment, 'contoso');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^Found (\d+) of \1 /) });
    expect((await deployment.plan('contoso')).counts).toMatchObject({ added: 0, changed: 0, destroyed: 0 });
    await deployment.applySynthesized('contoso');
    expect((await deployment.plan('contoso')).changes).toEqual([]);
  });
});

/** As a person does it in Entra's portal. */
function deleteApplication({ entra }: Deployment, id: string): void {
  const tenant = entra.directory.tenant(tenants.contoso);
  deleteFrom(tenant, tenant.applications.get(id)!, new Date());
}
