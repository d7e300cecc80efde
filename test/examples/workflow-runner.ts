import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const environment = z.record(z.string(), z.coerce.string()).default({});
const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: environment,
  env: environment,
});
const workflowSchema = z.object({
  jobs: z.record(z.string(), z.object({ env: environment, steps: z.array(stepSchema).default([]) })),
});

type Step = z.infer<typeof stepSchema>;

/** How a job ended. */
export interface JobOutcome {
  readonly succeeded: boolean;
  /** What its steps have written, in both streams. */
  readonly log: string;
  /** What they have put into `$GITHUB_OUTPUT`. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface JobOptions {
  /** Commit or branch of the origin that is checked out. */
  readonly ref: string;
  /** Values of what stands between `${{` and `}}`. */
  readonly expressions?: Readonly<Record<string, string>>;
}

/**
 * Runs jobs of the example's workflows: each in a clone of its own, as on a machine of its own. What its steps run is run;
 * the actions that they use are known by name.
 */
export class WorkflowRunner {
  /** Where artefacts lie, by name. */
  readonly artifacts: string;

  /**
   * @param folder empty; clones are made in it
   * @param origin the repository that is cloned
   * @param env of every step
   */
  constructor(
    readonly folder: string,
    readonly origin: string,
    readonly env: NodeJS.ProcessEnv,
  ) {
    this.artifacts = join(folder, 'artifacts');
  }

  async run(workflow: string, job: string, options: JobOptions): Promise<JobOutcome> {
    const clone = mkdtempSync(join(this.folder, 'machine-'));
    await this.#execute('git', ['clone', '--quiet', this.origin, '.'], clone, {});
    await this.#execute('git', ['checkout', '--quiet', options.ref], clone, {});
    const { jobs } = workflowSchema.parse(load(readFileSync(join(clone, '.github', 'workflows', workflow), 'utf8')));
    const { env, steps } = jobs[job] ?? { env: {}, steps: [] };
    const [output, summary] = [join(clone, '..', 'output'), join(clone, '..', 'summary')];
    for (const file of [output, summary]) writeFileSync(file, '');
    const variables = { ...this.#evaluated(env, options), GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
    let log = '';
    for (const step of steps) {
      const { code, said } = await this.#step(step, clone, variables, options);
      log += said;
      if (code !== 0) return { succeeded: false, log, outputs: {} };
    }
    return { succeeded: true, log, outputs: outputsOf(readFileSync(output, 'utf8')) };
  }

  async #step(step: Step, clone: string, env: NodeJS.ProcessEnv, options: JobOptions): Promise<Said> {
    if (step.run !== undefined) {
      const variables = { ...env, ...this.#evaluated(step.env, options) };
      return this.#execute('bash', ['-e', '-c', step.run], clone, variables);
    }
    this.#use(step.uses ?? '', this.#evaluated(step.with, options), clone);
    return { code: 0, said: '' };
  }

  #use(action: string, inputs: Readonly<Record<string, string>>, clone: string): void {
    const [name] = action.split('@');
    const path = join(clone, inputs.path ?? '.');
    if (name === 'actions/upload-artifact' && existsSync(path)) {
      cpSync(path, join(this.artifacts, inputs.name ?? ''), { recursive: true });
    } else if (name === 'actions/download-artifact') {
      mkdirSync(path, { recursive: true });
      const wanted = inputs.name ?? inputs.pattern?.replace('*', '') ?? '';
      const found = readdirSync(this.artifacts).filter((artifact) => artifact.startsWith(wanted));
      for (const artifact of found) cpSync(join(this.artifacts, artifact), path, { recursive: true });
    }
  }

  #evaluated(texts: Readonly<Record<string, string>>, { expressions = {} }: JobOptions): Record<string, string> {
    const evaluate = (text: string): string =>
      text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => expressions[expression] ?? '');
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluate(text)]));
  }

  #execute(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Said> {
    return new Promise((done) => {
      execFile(command, args, { cwd, env: { ...env, ...this.env }, maxBuffer: 1e8 }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : 1, said: stdout + stderr });
      });
    });
  }
}

interface Said {
  readonly code: number;
  readonly said: string;
}

function outputsOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
