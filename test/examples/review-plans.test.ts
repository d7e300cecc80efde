import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineRepository } from './pipeline-repository';

const PLANS = join(__dirname, '..', 'review', 'plans');
const MATRIX = '{"include":[{"name":"contoso and 1 more","stacks":"contoso fabrikam"}]}';
const ON_AZURE = '{"stack_contoso":{"stacks":"contoso"}}';

let repository: PipelineRepository;

beforeAll(() => {
  repository = new PipelineRepository();
  for (const name of ['vb365.yaml', 'keystore']) {
    cpSync(join(PLANS, 'nothing-changed', name), join(repository.clone, name), { recursive: true });
  }
  repository.push('main');
});

afterAll(() => {
  repository.remove();
});

beforeEach(() => {
  rmSync(join(repository.clone, 'plans'), { recursive: true, force: true });
  mkdirSync(join(repository.clone, 'plans'));
});

function plan(stack: string): void {
  cpSync(join(PLANS, 'nothing-changed', 'plan.json'), join(repository.clone, 'plans', stack, 'plan.json'));
}

/** Exit code, and the heading of the comment. */
function reviewed(env: NodeJS.ProcessEnv): { readonly code: number | null; readonly heading: string | undefined } {
  const options = { cwd: repository.clone, env: { ...repository.env, CI: 'true', BASE: 'HEAD', ...env } };
  const { status } = spawnSync(join(repository.clone, 'ci', 'review-plans.sh'), options);
  const comment = readFileSync(join(repository.clone, 'review.md'), 'utf8');
  expect(comment).toMatch(/^<!-- vb365-review -->\n/);
  return { code: status, heading: /^## (.*)$/m.exec(comment)?.[1] };
}

describe('ci/review-plans.sh', () => {
  it.each(['success', 'succeeded', 'Succeeded', 'skipped', 'Skipped', ''])(
    'reviews the plans where planning ended with %j',
    (result) => {
      plan('contoso');
      const { code, heading } = reviewed({ PLAN_RESULT: result, EXPECTED: ON_AZURE, REMOVED: '[]' });
      expect(code).toBe(0);
      // A green tick as long as the certificates of the recorded plan are not due.
      expect(heading).toMatch(/^✅ Nothing changes$|^⚠️ Read before you apply this plan$/);
    },
  );

  it.each(['failure', 'cancelled', 'Failed', 'Canceled', 'SucceededWithIssues', 'timed_out'])(
    'heads the comment with planning that ended with %j',
    (result) => {
      plan('contoso');
      expect(reviewed({ PLAN_RESULT: result })).toEqual({ code: 2, heading: '⛔ Do not apply: planning has failed' });
    },
  );

  it('blocks where a stack of the matrix has no plan, however the jobs ended', () => {
    plan('contoso');
    const heading = '⛔ Do not apply: 1 plan is missing';
    expect(reviewed({ PLAN_RESULT: 'skipped', EXPECTED: MATRIX })).toEqual({ code: 2, heading });
    expect(reviewed({ EXPECTED: 'contoso fabrikam' })).toEqual({ code: 2, heading });
  });

  it('blocks where everything failed before there was a plan', () => {
    const both = '⛔ Do not apply: planning has failed, 2 plans are missing';
    expect(reviewed({ PLAN_RESULT: 'failure', EXPECTED: MATRIX })).toEqual({ code: 2, heading: both });
    mkdirSync(join(repository.clone, 'plans', 'contoso'));
    expect(reviewed({ EXPECTED: 'contoso' })).toEqual({ code: 2, heading: '⛔ Do not apply: 1 plan is missing' });
    writeFileSync(join(repository.clone, 'plans', 'contoso', 'plan.json'), '');
    expect(reviewed({ EXPECTED: 'contoso' }).heading).toBe('⛔ Do not apply: 1 plan could not be reviewed');
  });

  it('warns of stacks that were removed, with plans and without', () => {
    const heading = expect.stringMatching(
      /^⚠️ Read before you apply: .*1 removed stack still to be destroyed$/,
    ) as unknown;
    expect(reviewed({ REMOVED: '["fabrikam"]', EXPECTED: '{"include":[]}' })).toEqual({ code: 0, heading });
    plan('contoso');
    expect(reviewed({ REMOVED: '["fabrikam"]', EXPECTED: 'contoso' })).toEqual({ code: 0, heading });
  });

  it('shows no green tick where there is nothing to review', () => {
    expect(reviewed({ PLAN_RESULT: 'skipped', REMOVED: '[]', EXPECTED: '{}' })).toEqual({
      code: 0,
      heading: 'ℹ️ There is no plan to review',
    });
  });
});
