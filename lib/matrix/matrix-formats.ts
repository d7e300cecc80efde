import { dump } from 'js-yaml';
import type { Matrix, MatrixEntry } from './matrix';

/** What GitLab lets a job need at most, unless its administrator says otherwise. */
const MOST_NEEDS = 50;

/** One job of a CI system. */
interface Job {
  /** The stack, or the first of several and how many more: unique in its phase. */
  readonly name: string;
  readonly stacks: readonly MatrixEntry[];
}

/** The jobs of the two phases that a pipeline has: consent is a matter of more privileges. */
interface Phases {
  /** Stacks that need no other one. */
  readonly deploy: readonly Job[];
  /** Stacks that are applied after those they need. */
  readonly consent: readonly Job[];
}

/**
 * Lines for `$GITHUB_OUTPUT`: `any`, `has_deploy` and `has_consent` are `true` or `false`, because an empty matrix is an error
 * in GitHub Actions; `deploy` and `consent` are matrices of `{"include":[{"name":"contoso","stacks":"contoso"}]}`, in which
 * `stacks` holds one name or several with blanks between; `removed` is a list in JSON.
 *
 * @param maxJobs in each matrix
 */
export function githubOutput(matrix: Matrix, maxJobs: number): string {
  const { deploy, consent } = phasesOf(matrix, maxJobs);
  const include = (jobs: readonly Job[]): string =>
    JSON.stringify({ include: jobs.map(({ name, stacks }) => ({ name, stacks: namesOf(stacks) })) });
  return variables(matrix, { deploy, consent }, include)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/**
 * Logging commands of Azure DevOps that set output variables of the same names as in {@link githubOutput}. Each matrix maps
 * the name of a job (letters, digits, underscores) to its variable `stacks`.
 */
export function azureVariables(matrix: Matrix, maxJobs: number): string {
  const jobs = (phase: readonly Job[]): string =>
    JSON.stringify(Object.fromEntries(phase.map((job) => [azureName(job), { stacks: namesOf(job.stacks) }])));
  return variables(matrix, phasesOf(matrix, maxJobs), jobs)
    .map(([name, value]) => `##vso[task.setvariable variable=${name};isOutput=true]${value}`)
    .join('\n');
}

/**
 * A child pipeline of GitLab: a job for each stack extends `.deploy` or `.consent`, which the pipeline that triggers it
 * includes, and finds the names in `VB365_STACKS`. `VB365_EXPECTED` holds all that are planned before the merge, `VB365_REMOVED`
 * a list in JSON.
 */
export function gitlabPipeline(matrix: Matrix, maxJobs: number): string {
  const { deploy, consent } = phasesOf(matrix, maxJobs);
  const deployedBy = new Map(
    deploy.flatMap((job) => job.stacks.map(({ stack }) => [stack, `deploy:${job.name}`] as const)),
  );
  const jobs = [
    ...deploy.map((job) => [`deploy:${job.name}`, gitlabJob('deploy', job, {})] as const),
    ...consent.map((job) => [`consent:${job.name}`, gitlabJob('consent', job, needs(job, deployedBy))] as const),
  ];
  // For the review, which no job that has failed tells what it lacks.
  const variables = {
    VB365_EXPECTED: deploy.map((job) => namesOf(job.stacks)).join(' '),
    VB365_REMOVED: JSON.stringify(matrix.removed ?? []),
  };
  const pipeline =
    jobs.length === 0
      ? // GitLab takes no pipeline without a job.
        { variables, nothing: { script: ['echo "No stack differs."'] } }
      : { variables, stages: ['deploy', 'consent'], ...Object.fromEntries(jobs) };
  // GitLab reads YAML 1.1, in which a stack called yes or 12e3 would be no text.
  const removed = (matrix.removed ?? []).map((stack) => `# Removed, still to be destroyed: ${stack}\n`).join('');
  return `${removed}${dump(pipeline, { lineWidth: -1, forceQuotes: true })}`.trimEnd();
}

function gitlabJob(phase: keyof Phases, { stacks }: Job, rest: { readonly needs?: readonly string[] }): object {
  return { extends: `.${phase}`, stage: phase, ...rest, variables: { VB365_STACKS: namesOf(stacks) } };
}

/** Where a job would need too many, the order of the stages has to do. */
function needs({ stacks }: Job, deployedBy: ReadonlyMap<string, string>): { readonly needs?: readonly string[] } {
  const names = stacks.flatMap((entry) => entry.needs.map((stack) => deployedBy.get(stack)));
  const jobs = [...new Set(names.filter((name) => name !== undefined))];
  return jobs.length > MOST_NEEDS ? {} : { needs: jobs };
}

function variables(
  { removed }: Matrix,
  { deploy, consent }: Phases,
  format: (jobs: readonly Job[]) => string,
): (readonly [name: string, value: string])[] {
  return [
    ['any', String(deploy.length + consent.length > 0)],
    ['has_deploy', String(deploy.length > 0)],
    ['deploy', format(deploy)],
    ['has_consent', String(consent.length > 0)],
    ['consent', format(consent)],
    ['removed', JSON.stringify(removed ?? [])],
  ];
}

function phasesOf({ stacks }: Matrix, maxJobs: number): Phases {
  return {
    deploy: jobsOf(
      stacks.filter(({ wave }) => wave === 0),
      maxJobs,
    ),
    consent: jobsOf(
      stacks.filter(({ wave }) => wave > 0),
      maxJobs,
    ),
  };
}

/** One stack a job, or as evenly as can be where there are more stacks than jobs. */
function jobsOf(stacks: readonly MatrixEntry[], maxJobs: number): Job[] {
  const count = Math.min(stacks.length, maxJobs);
  const start = (job: number): number => Math.floor((job * stacks.length) / count);
  return Array.from({ length: count }, (_, job) => {
    const own = stacks.slice(start(job), start(job + 1));
    const first = own[0]?.stack ?? '';
    return { name: own.length === 1 ? first : `${first} and ${own.length - 1} more`, stacks: own };
  });
}

function namesOf(stacks: readonly MatrixEntry[]): string {
  return stacks.map(({ stack }) => stack).join(' ');
}

/** Names of stacks hold no underscore and may begin with a digit; `stacks_` tells several from a stack that is called so. */
function azureName({ name, stacks }: Job): string {
  return `${stacks.length === 1 ? 'stack' : 'stacks'}_${name.replaceAll(/[- ]/g, '_')}`;
}
