import type { Caller } from '../../emulators/entra';
import { entraPrivileges, type PipelineIdentity } from '../../lib/catalogue/entra-privileges';
import { readConfiguration } from '../../lib/config/read-configuration';
import { permissionsFor, stackPrivileges } from '../../lib/lifecycle/stack-privileges';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

/** A tenant for each owner, so that all stacks can be applied at once. */
const tenants = {
  primary: '00000000-0000-4000-8000-000000000101',
  owned: '00000000-0000-4000-8000-000000000102',
  together: '00000000-0000-4000-8000-000000000103',
  adopted: '00000000-0000-4000-8000-000000000104',
  given: '00000000-0000-4000-8000-000000000105',
  moved: '00000000-0000-4000-8000-000000000106',
} as const;

type Owner = keyof typeof tenants;

const owners = Object.keys(tenants) as Owner[];

/** Client ids of applications that are there already; of `given`, a person has made the identity that applies an owner. */
const existing = { adopted: '00000000-0000-4000-8000-00000000e104', given: '00000000-0000-4000-8000-00000000e105' };

const DEPLOY = '00000000-0000-4000-8000-0000000000d1';
const SOMEBODY = '00000000-0000-4000-8000-0000000000ff';
const OWNED_BY = 'Application.ReadWrite.OwnedBy';

const withoutIdentity = `installations:
  - name: primary
    productVersion: '8.3'
    tenantId: ${tenants.primary}
    server: { hostName: vb365.example.com }
    restApi: {}
    restorePortal: { webAddress: 'https://vb365.example.com:4443', consent: separate-stack }
organizations:
${organization('owned', 'purposes: [backup, restore-interactive]', 'consent: separate-stack')}
${organization('together', 'consent: same-stack')}
${organization('adopted', `application: { clientId: ${existing.adopted} }`)}
${organization('given', `application: { clientId: ${existing.given} }`)}
${organization('moved', 'consent: none')}
`;

const withIdentity = `deployIdentity: { clientId: ${DEPLOY} }\n${withoutIdentity}`;

function organization(name: Owner, ...lines: readonly string[]): string {
  const common = ['installation: primary', `tenantId: ${tenants[name]}`, 'services: [exchange]', 'purposes: [backup]'];
  const own = [
    ...common.filter((line) => !lines.some((other) => other.startsWith(line.split(':')[0] ?? ''))),
    ...lines,
  ];
  return [`  - name: ${name}`, ...own.map((line) => `    ${line}`)].join('\n');
}

endToEnd('an identity with no more privileges than the table of the pipelines gives it', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(withoutIdentity);
    const { directory } = deployment.entra;
    for (const [name, appId] of Object.entries(existing)) {
      directory.addApplication(tenants[name as Owner], { appId, displayName: 'from the wizard' });
      directory.addServicePrincipal(tenants[name as Owner], appId);
    }
  }, 60_000);

  afterAll(() => deployment.close());

  /** What `vb365 permissions` says of a stack and a step. */
  function needed(stack: string, step: PipelineIdentity): string[] {
    const configuration = readConfiguration(deployment.workplace.path('vb365.yaml'));
    return permissionsFor(stackPrivileges(configuration, [stack]).filter((one) => one.step === step));
  }

  function tenantOf(stack: string): string {
    return tenants[stack.replace(/-consent$/, '') as Owner];
  }

  function caller(stack: string, permissions: readonly string[]): Environment {
    return environmentOf(deployment.entra.directory.addCaller(tenantOf(stack), { permissions }));
  }

  /** Without any of the permissions, it fails; with all of them, it does not. */
  async function applyWithTheLeast(stack: string, step: PipelineIdentity): Promise<void> {
    const least = needed(stack, step);
    for (const missing of least.filter((name) => name !== 'Application.Read.All')) {
      const permissions = least.filter((name) => name !== missing);
      expect(await refusal(deployment.applySynthesized(stack, caller(stack, permissions)))).toMatch(REFUSED);
    }
    await deployment.applySynthesized(stack, caller(stack, least));
  }

  it('creates an application that nobody owns, and then may not change it, where no identity is named', async () => {
    await deployment.synthesize();
    const reading = caller('moved', [OWNED_BY, 'Application.Read.All']);
    expect(await refusal(deployment.applySynthesized('moved', reading))).toMatch(REFUSED);
    const directory = deployment.entra.directory.tenant(tenants.moved);
    const [created] = deployment.applications(tenants.moved).filter(isOfVb365);
    expect(directory.ownersOf(created?.id ?? 'none')).toEqual([]);
    // As the stacks of everybody who has named none.
    await deployment.applySynthesized('moved', caller('moved', needed('moved', 'deploy')));
  }, 60_000);

  describe('named in vb365.yaml', () => {
    let identity: Readonly<Record<Owner, Caller>>;

    beforeAll(async () => {
      deployment.workplace.write('vb365.yaml', withIdentity);
      await deployment.synthesize();
      const { directory } = deployment.entra;
      const callers = owners.map((owner) => {
        const permissions = owner === 'given' ? [OWNED_BY, 'Application.Read.All'] : needed(owner, 'deploy');
        return [owner, directory.addCaller(tenants[owner], { clientId: DEPLOY, permissions })] as const;
      });
      identity = Object.fromEntries(callers) as Record<Owner, Caller>;
      directory.addOwner(tenants.given, existing.given, identity.given.objectId);
    });

    it('applies every stack, and grants what is asked for where another identity does', async () => {
      const applied = owners.filter((owner) => owner !== 'moved');
      await Promise.all(applied.map((owner) => deployment.applySynthesized(owner, environmentOf(identity[owner]))));
      await Promise.all(['primary', 'owned'].map((owner) => applyWithTheLeast(`${owner}-consent`, 'consent')));
    }, 120_000);

    it('owns what it has made, and a person still owns it beside', async () => {
      const { directory } = deployment.entra;
      const [application] = deployment.applications(tenants.owned).filter(isOfVb365);
      const principal = directory.tenant(tenants.owned).servicePrincipalOf(application?.appId ?? '');
      expect(ownersIn('owned', application?.id)).toEqual([identity.owned.objectId]);
      expect(ownersIn('owned', principal?.id)).toEqual([identity.owned.objectId]);

      directory.addOwner(tenants.owned, application?.appId ?? '', SOMEBODY);
      await deployment.issueSuccessor('owned/entra-application');
      await deployment.synthesize();
      const counts = await deployment.applySynthesized('owned', environmentOf(identity.owned));
      expect(counts).toEqual({ imported: 0, added: 1, changed: 0, destroyed: 0 });
      expect(ownersIn('owned', application?.id)).toEqual([identity.owned.objectId, SOMEBODY]);
    }, 60_000);

    it('is what makes no difference to a plan: whoever plans, and with which rights to read', async () => {
      const stacks = ['owned', 'owned-consent', 'primary', 'primary-consent', 'together', 'given'];
      const read = stacks.map((stack) => deployment.planSynthesized(stack, caller(stack, needed(stack, 'plan'))));
      // At a workstation, with other credentials and more rights.
      const plans = [...(await Promise.all(read)), await deployment.planSynthesized('owned')];
      expect(plans.flatMap(({ changes }) => changes)).toEqual([]);
    }, 60_000);

    it.each([
      ['together', 'RoleManagement.Read.Directory'],
      ['primary-consent', 'Directory.Read.All'],
    ])(
      'cannot plan %s without %s',
      async (stack, missing) => {
        const permissions = needed(stack, 'plan').filter((name) => name !== missing);
        expect(await refusal(deployment.planSynthesized(stack, caller(stack, permissions)))).toMatch(REFUSED);
      },
      30_000,
    );

    it('becomes owner of what was made without it by a plan that only adds, which needs more rights once', async () => {
      const planned = await deployment.planSynthesized('moved', caller('moved', needed('moved', 'plan')));
      expect(planned.counts).toEqual({ imported: 0, added: 2, changed: 0, destroyed: 0 });
      expect(planned.changes).toContainEqual(expect.stringMatching(/^create azuread_application_owner\./));
      expect(await refusal(deployment.applySynthesized('moved', environmentOf(identity.moved)))).toMatch(REFUSED);

      const [application] = deployment.applications(tenants.moved).filter(isOfVb365);
      deployment.entra.directory.addOwner(tenants.moved, application?.appId ?? '', SOMEBODY);
      await deployment.applySynthesized('moved', caller('moved', entraPrivileges['add-owner'].permissions));
      expect(ownersIn('moved', application?.id)).toEqual([SOMEBODY, identity.moved.objectId]);
      expect((await deployment.planSynthesized('moved')).changes).toEqual([]);

      await deployment.issueSuccessor('moved/entra-application');
      await deployment.synthesize();
      const counts = await deployment.applySynthesized('moved', environmentOf(identity.moved));
      expect(counts).toEqual({ imported: 0, added: 1, changed: 0, destroyed: 0 });
    }, 60_000);

    function ownersIn(owner: Owner, id: string | undefined): readonly string[] {
      return deployment.entra.directory.tenant(tenants[owner]).ownersOf(id ?? 'none');
    }
  });
});

function isOfVb365({ displayName }: { readonly displayName: string }): boolean {
  return displayName.startsWith('VB365');
}

type Environment = Readonly<Record<string, string>>;

const REFUSED = /Authorization_RequestDenied|Insufficient privileges|unexpected status 403/;

function environmentOf({ clientId, secret }: Caller): Environment {
  return { ARM_CLIENT_ID: clientId, ARM_CLIENT_SECRET: secret };
}

async function refusal(applying: Promise<unknown>): Promise<string> {
  return applying.then(
    () => 'it was not refused',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
