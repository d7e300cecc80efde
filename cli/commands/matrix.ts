import { type Command, InvalidArgumentError, Option } from 'commander';
import { shortList } from '../../lib/words/lists';
import type { Comparison } from '../../stacks/compare-with-base';
import { configOption, configurationFile, type ConfigOption } from '../shell/command-options';
import type { Runner } from '../shell/runner';
import { type ExitCode, printJson, printLine, printNote, type Terminal } from '../shell/terminal';

interface MatrixCommandOptions extends ConfigOption {
  readonly base?: string;
  readonly format: 'json' | 'github' | 'gitlab' | 'azure';
  readonly maxJobs: number;
}

/** What GitHub Actions and Azure DevOps run from one matrix at most. */
const MOST_JOBS = 256;
/** More names than a person reads. */
const MOST_NAMES = 5;

export function addMatrixCommand(program: Command, runner: Runner): void {
  program
    .command('matrix')
    .description('Print the stacks that a change touches, as a matrix of jobs for a CI system.')
    .addOption(configOption())
    .addOption(
      new Option(
        '--base <ref>',
        'branch, tag or commit to compare with (default: origin/HEAD, else origin/main, else origin/master)',
      ).argParser(parseRef),
    )
    .addOption(
      new Option('--format <format>', 'who reads it').choices(['json', 'github', 'gitlab', 'azure']).default('json'),
    )
    .addOption(
      new Option('--max-jobs <n>', 'jobs of each matrix; where there are more stacks, a job gets several')
        .argParser(parseMaxJobs)
        .default(MOST_JOBS),
    )
    .addHelpText(
      'after',
      `
Synthesizes the files as they are, and as they were where HEAD parted from the base, and compares stack by stack. Nothing is checked out. Every stack counts as touched where source code, JSON or a submodule has changed anywhere in the repository, or a lock file beside the configuration or above it, and where the base cannot be synthesized. Where HEAD lies behind the base, as after a forced push, the base itself is compared.

  github  lines for $GITHUB_OUTPUT: any, has_deploy, deploy, has_consent, consent, removed
  azure   the same as output variables (##vso[task.setvariable …]) for strategy: matrix
  gitlab  a child pipeline whose jobs extend .deploy and .consent, with the names of their stacks in VB365_STACKS
  json    {base, changedCode, stacks: [{stack, change: added | changed | unknown, wave, needs}], removed}

Consent stacks come after those that they grant for. CI systems must clone the whole history (fetch-depth: 0).
On the branch itself, compare with the commit before the push: --base "\${{ github.event.before }}".

Example:
  $ vb365 matrix --base origin/main --format github >> "$GITHUB_OUTPUT"`,
    )
    .action(runner(matrix));
}

async function matrix(terminal: Terminal, options: MatrixCommandOptions): Promise<ExitCode> {
  const { compareWithBase } = await import('../../stacks/compare-with-base.js');
  const comparison = compareWithBase(configurationFile(options, terminal), options.base);
  await print(terminal, options, comparison);
  printNotes(terminal, comparison);
  return 0;
}

async function print(
  terminal: Terminal,
  { format, maxJobs }: MatrixCommandOptions,
  { base, changedCode, matrix }: Comparison,
): Promise<void> {
  const { azureVariables, githubOutput, gitlabPipeline } = await import('../../lib/matrix/matrix-formats.js');
  switch (format) {
    case 'json':
      printJson(terminal, {
        base: { ref: base.ref, commit: base.commit ?? null },
        changedCode,
        stacks: matrix.stacks,
        removed: matrix.removed ?? null,
      });
      return;
    case 'github':
      printLine(terminal, githubOutput(matrix, maxJobs));
      return;
    case 'gitlab':
      printLine(terminal, gitlabPipeline(matrix, maxJobs));
      return;
    case 'azure':
      printLine(terminal, azureVariables(matrix, maxJobs));
      return;
  }
}

/** On standard error, because standard output is for the CI system. */
function printNotes(terminal: Terminal, { base, baseProblem, changedCode, matrix }: Comparison): void {
  if (baseProblem !== undefined) printNote(terminal, `Every stack counts as touched: ${baseProblem}.`);
  if (changedCode.length > 0) {
    const verb = changedCode.length === 1 ? 'has' : 'have';
    printNote(terminal, `Every stack counts as touched: ${shortList(changedCode, MOST_NAMES)} ${verb} changed.`);
  }
  const count = matrix.stacks.length;
  const touched = count === 0 ? 'No stack is' : count === 1 ? '1 stack is' : `${count} stacks are`;
  printNote(terminal, `${touched} touched, compared with ${comparedWith(base)}.`);
  const { removed = [] } = matrix;
  if (removed.length === 0) return;
  const [which, their] = removed.length === 1 ? ['the stack', 'its'] : ['the stacks', 'their'];
  printNote(
    terminal,
    `Nothing synthesizes ${which} ${shortList(removed, MOST_NAMES)} any more, and ${their} resources stay: check out ${base.commit ?? base.ref} and destroy ${removed.length === 1 ? 'it' : 'them'} from there.`,
  );
}

/** What was compared, as a person would check it: `main at 0123456789, from which HEAD parted at abcdef0123`. */
function comparedWith({ commit, head, ref, tip }: Comparison['base']): string {
  if (commit === undefined || tip === undefined) return 'nothing';
  const base = `${ref} at ${short(tip)}`;
  if (tip === head) {
    return `${base}, which is checked out: only what is not committed counts. On the branch itself, name the commit before the push`;
  }
  if (commit !== tip) return `${base}, from which HEAD parted at ${short(commit)}`;
  return head === undefined ? base : `${base}; HEAD is at ${short(head)}`;
}

function short(commit: string): string {
  return commit.slice(0, 10);
}

/** What begins with a hyphen, Git would take as an option; nothing is what an unset variable leaves. */
function parseRef(text: string): string {
  if (text === '' || text.startsWith('-') || /[\p{Cc}\s]/u.test(text)) {
    throw new InvalidArgumentError('Name a branch, a tag or a commit.');
  }
  return text;
}

function parseMaxJobs(text: string): number {
  const jobs = Number(text);
  if (!/^\d{1,3}$/.test(text) || jobs < 1 || jobs > MOST_JOBS) {
    throw new InvalidArgumentError(`Give a number from 1 to ${MOST_JOBS}.`);
  }
  return jobs;
}
