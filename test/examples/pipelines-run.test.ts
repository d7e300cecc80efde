import { appendFileSync, cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EntraEmulator, PIPELINE_CLIENT_ID, startEntraEmulator } from '../../emulators/entra';
import { INSTALLATION, organization, tenants } from '../e2e/configurations';
import { endToEnd } from '../e2e/end-to-end';
import { PipelineRepository } from './pipeline-repository';
import { StateServer } from './state-server';
import { type JobOutcome, WorkflowRunner } from './workflow-runner';

const PLAN = 'vb365-plan.yml';
const APPLY = 'vb365-apply.yml';

endToEnd('the workflows of GitHub', () => {
  let entra: EntraEmulator;
  let state: StateServer;
  let repository: PipelineRepository;
  let runner: WorkflowRunner;
  let backend: string;

  beforeAll(async () => {
    [entra, state] = await Promise.all([startEntraEmulator(), StateServer.start()]);
    // Neither does the tenant come from outside of the stacks, nor does the emulator know federated credentials.
    const { ARM_TENANT_ID: _, ...signIn } = entra.environment('');
    const env = { ...signIn, ARM_USE_OIDC: 'false' };
    repository = new PipelineRepository(env);
    runner = new WorkflowRunner(repository.folder, repository.origin, { ...repository.env, CI: 'true' });
    backend = `backend: { type: http, address: '${state.url}/{stack}' }\n`;
    repository.write('vb365.yaml', INSTALLATION + backend);
    repository.vb365('init');
    repository.vb365('synth');
    lockProviders(repository);
    repository.push('main');
  });

  afterAll(async () => {
    repository.remove();
    await Promise.all([entra.close(), state.close()]);
  });

  const expressions = { 'matrix.name': 'contoso', 'matrix.stacks': 'contoso', 'inputs.stacks': 'contoso' };
  const run = (workflow: string, job: string, ref: string, more: Record<string, string> = {}): Promise<JobOutcome> =>
    runner.run(workflow, job, {
      ref,
      expressions: { ...expressions, 'vars.VB365_PLAN_CLIENT_ID': PIPELINE_CLIENT_ID, ...more },
    });
  const apply = (): Promise<JobOutcome> => run(APPLY, 'deploy', 'main', { 'vars.VB365_CLIENT_ID': PIPELINE_CLIENT_ID });
  /** What a person opens, up to the saved plan. */
  const plan = (branch: string): Promise<JobOutcome> => run(PLAN, 'plan', branch);
  const credentials = (): number | undefined =>
    entra.directory.tenant(tenants.contoso).applications.all()[0]?.keyCredentials.length;

  it('plan a pull request, say in words what it changes, and apply that plan after the merge', async () => {
    repository.write('vb365.yaml', organization() + backend);
    repository.vb365('issue');
    repository.push('contoso');

    const matrix = await run(PLAN, 'matrix', 'contoso', { 'github.base_ref': 'main' });
    expect(JSON.parse(matrix.outputs.deploy ?? '')).toEqual({ include: [{ name: 'contoso', stacks: 'contoso' }] });
    expect(await plan('contoso')).toMatchObject({
      succeeded: true,
      log: expect.stringContaining('to add, 0 to change'),
    });
    expect(failure(await run(PLAN, 'review', 'contoso', { 'github.base_ref': 'main' }))).toBe('');
    const review = readFileSync(join(runner.artifacts, 'review'), 'utf8');
    expect(review).toMatch(/^<!-- vb365-review -->\n/);
    expect(review).toContain('VB365 contoso');
    expect(credentials()).toBeUndefined();

    repository.merge('contoso');
    const said = await apply();

    expect(said.log).toContain('Apply complete!');
    expect(credentials()).toBe(1);
    expect((await run('vb365-deploy.yml', 'plan', 'main')).log).toContain('No changes.');
  });

  it('refuse a plan that is not what was planned, and apply it when it is', async () => {
    repository.vb365('renew', 'contoso/entra-application');
    repository.push('renewal');
    await plan('renewal');
    repository.merge('renewal');

    expect(await refusal('contoso/plan', 'a byte more')).toContain('is not what the plan job wrote');
    expect(await refusal('contoso/plan.json', ' ')).toContain('is not what the plan job wrote');
    expect(credentials()).toBe(1);

    expect(failure(await apply())).toBe('');
    expect(credentials()).toBe(2);
  });

  it('refuse a plan whose state has changed, and one of a stack in which main has moved on', async () => {
    expect(await refusal()).toContain('Saved plan is stale');

    repository.vb365('renew', 'contoso/entra-application');
    expect(await refusal()).toContain('which has moved on since: plan it again');
    expect(credentials()).toBe(2);
  });

  it('refuse a state that would stay on one machine, and what is no name of a stack', async () => {
    repository.write('vb365.yaml', organization());
    repository.vb365('synth');
    expect(await repository.fails('ci/plan-stacks.sh', { VB365_STACKS: 'contoso' })).toContain(
      'choose a remote backend',
    );
    expect(await repository.fails('ci/plan-stacks.sh', { VB365_STACKS: '$(id)' })).toContain(
      "no name of a stack: '$(id)'",
    );
  });

  /** What the script says that applies the saved plan, of which a file has got a little longer. */
  async function refusal(file?: string, more = ''): Promise<string> {
    const plans = join(repository.clone, 'plans');
    rmSync(plans, { recursive: true, force: true });
    cpSync(join(runner.artifacts, 'plan-contoso'), plans, { recursive: true });
    if (file !== undefined) appendFileSync(join(plans, file), more);
    repository.vb365('synth');
    return repository.fails('ci/apply-stacks.sh', { VB365_STACKS: 'contoso' });
  }
});

/** The log of a job that has failed; nothing where it went well. */
function failure({ log, succeeded }: JobOutcome): string {
  return succeeded ? '' : log;
}

/** From where the tests have the provider, which may have no registry. */
function lockProviders(repository: PipelineRepository): void {
  const settings = readFileSync(process.env.TF_CLI_CONFIG_FILE ?? '', 'utf8');
  const mirror = /path = "(.*)"/.exec(settings)?.[1] ?? '';
  repository.run('ci/lock-providers.sh', [`-fs-mirror=${mirror}`]);
}
