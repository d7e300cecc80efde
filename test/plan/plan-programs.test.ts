import { readPrograms } from '../../lib/plan/plan-programs';
import { plannedInstallations } from '../../lib/review/stack/installation';
import { readPlan } from '../../lib/plan/plan';
import { configured, localExec, type RawProvisioner } from '../review/breakages/programs';
import { find } from '../review/breakages/edits';
import { idsOf, rawPlan, reviewRaw } from '../review/recorded-plan';

const CLIENT_ID = 'azuread_application.backup_1A2B3C4D.client_id';
const COMMAND = 'npx --no-install vb365 install contoso/entra-application --via rest';
const WITH_CLIENT = `${COMMAND} --client-id \${${CLIENT_ID}}`;

const INSTALLER = {
  ...{ address: 'terraform_data.install_run_1A2B3C4D', mode: 'managed', type: 'terraform_data' },
  provisioners: [localExec(COMMAND)],
  expressions: {
    input: { constant_value: { installs: 'contoso/entra-application', via: 'rest' } },
    triggers_replace: { constant_value: '0F'.repeat(20) },
  },
};

function isInstaller(resource: object): boolean {
  const { provisioners } = readPrograms({ configuration: { root_module: { resources: [resource] } } });
  expect(provisioners.length).toBeGreaterThan(0);
  return provisioners.every((provisioner) => provisioner.isInstaller);
}

function having(expressions: object, command = COMMAND): object {
  const [provisioner] = [localExec(command)];
  return {
    ...INSTALLER,
    provisioners: [{ ...provisioner, expressions: { ...provisioner.expressions, ...expressions } }],
  };
}

function running(...provisioners: readonly RawProvisioner[]): object {
  return { ...INSTALLER, provisioners };
}

describe('the provisioner that installs a certificate', () => {
  it.each([
    ['without a client id', INSTALLER],
    ['with a client id', running(localExec(`${COMMAND} --client-id 00000000-0000-4000-8000-0000000000ab`))],
    [
      'with one that only the apply knows',
      running(localExec(WITH_CLIENT, [CLIENT_ID, 'azuread_application.backup_1A2B3C4D'])),
    ],
  ])('is known %s', (_, resource) => {
    expect(isInstaller(resource)).toBe(true);
  });

  it.each([
    ['with another command', running(localExec('sh -c evil'))],
    ['with a command behind it', running(localExec(`${COMMAND}; sh`))],
    ['on a second line', running(localExec(`${COMMAND}\nsh`))],
    ['with a package that is fetched', running(localExec(COMMAND.replace('--no-install ', '')))],
    ['with an expression that runs a command', running(localExec(`${COMMAND} --client-id \${file("x")}`, ['file']))],
    ['with an expression that is only text, as a shell would read it', running(localExec(WITH_CLIENT))],
    ['of a configuration in HCL, whose command nobody sees', having({ command: { references: [CLIENT_ID] } })],
    ['with another shell', having({ interpreter: { constant_value: ['sh', '-c'] } })],
    ['with an environment', having({ environment: { constant_value: { NODE_OPTIONS: '--require ./x' } } })],
    ['in another folder', having({ working_dir: { constant_value: '${path.root}/x', references: ['path.root'] } })],
    ['on another machine', running({ ...localExec(COMMAND), type: 'remote-exec' })],
    ['beside another one', running(localExec(COMMAND), localExec('sh'))],
    ['of another lineage than it says', running(localExec(COMMAND.replace('contoso', 'fabrikam')))],
    ['on another resource', { ...INSTALLER, type: 'azuread_application' }],
    ['that another value triggers', { ...INSTALLER, expressions: { ...INSTALLER.expressions, triggers_replace: {} } }],
  ])('is not taken for that %s', (_, resource) => {
    expect(isInstaller(resource)).toBe(false);
  });

  it('is no resource of others', () => {
    const plan = rawPlan('nothing-changed');
    const change = {
      actions: ['create'],
      before: null,
      after: { input: INSTALLER.expressions.input.constant_value },
      after_unknown: {},
    };
    plan.resource_changes.push({ address: INSTALLER.address, type: INSTALLER.type, mode: 'managed', change });
    expect(idsOf(reviewRaw(plan, 'nothing-changed'))).toEqual(['foreign-resource-changed']);
    configured(plan).push(INSTALLER);
    expect(idsOf(reviewRaw(plan, 'nothing-changed'))).toEqual(['certificate-installed']);
  });
});

describe('readPrograms', () => {
  it('finds what stands in modules, and says who made what', () => {
    const module = { resources: [{ address: 'a.b', provisioners: [localExec('sh')] }] };
    const programs = readPrograms({
      configuration: {
        root_module: { module_calls: { m: { module } } },
        provider_config: { x: { full_name: 'registry.terraform.io/evil/x' } },
      },
      prior_state: {
        values: { root_module: { child_modules: [{ resources: [{ address: 'data.y.z', provider_name: 'e/f/y' }] }] } },
      },
      deferred_action_invocations: [
        { reason: 'x', action_invocation: { address: 'action.p.q', provider_name: 'e/f/p' } },
      ],
    });
    expect(programs.provisioners).toEqual([{ address: 'module.m.a.b', type: 'local-exec', isInstaller: false }]);
    expect(Array.from(programs.providers, ([name, uses]) => [name, ...uses])).toEqual([
      ['e/f/p', 'action.p.q'],
      ['e/f/y', 'data.y.z'],
      ['registry.terraform.io/evil/x', 'the configuration'],
    ]);
    expect(programs.actions).toEqual(['action.p.q']);
  });
});

describe('the installation of a certificate', () => {
  it.each(['role', 'host', 'lineage', 'generation', 'thumbprint', 'expires', 'installed_in'])('has %s', (key) => {
    const plan = rawPlan('server-certificate-switched');
    const count = (): number => plannedInstallations(readPlan(plan, 'plan')).length;
    const whole = count();
    const { before, after } = find(plan, 'terraform_data').change;
    for (const values of [before, after]) delete (values?.input as Record<string, unknown> | undefined)?.[key];
    expect(count()).toBe(whole - 1);
  });

  it('has nothing else', () => {
    const plan = rawPlan('server-certificate-switched');
    const whole = plannedInstallations(readPlan(plan, 'plan')).length;
    const { before, after } = find(plan, 'terraform_data').change;
    for (const values of [before, after]) Object.assign(values?.input ?? {}, { secret: 'x' });
    expect(plannedInstallations(readPlan(plan, 'plan'))).toHaveLength(whole - 1);
  });
});
