import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { type BaseCommit, baseCommit } from '../lib/matrix/base-commit';
import { writeBaseFiles } from '../lib/matrix/base-files';
import { changedCode } from '../lib/matrix/changed-code';
import { GitRepository } from '../lib/system/git-repository';
import { type Matrix, matrixOf, type SynthesizedStack } from '../lib/matrix/matrix';
import { type Project, readProject, refuseDamaged } from './synthesize';
import { ingredientsOf, synthesizedStacks } from './synthesized-stacks';

/** What a change touches, and how that was found out. */
export interface Comparison {
  readonly base: BaseCommit;
  readonly matrix: Matrix;
  /** Files of the program that synthesizes which differ from the base: the same content proves nothing then. */
  readonly changedCode: readonly string[];
  /** Why the base has no stacks to compare with; undefined where it has. */
  readonly baseProblem: string | undefined;
}

/**
 * Synthesizes a configuration as it is on disk, and as it was where `HEAD` parted from the base, both with the library that
 * is installed. The work tree stays as it is; what is written goes to a temporary folder, and holds nothing secret.
 *
 * @param file absolute path of the configuration
 * @param ref as for `baseCommit`
 * @throws Vb365Error what `readProject`, `GitRepository.at` and `baseCommit` throw
 */
export function compareWithBase(file: string, ref?: string): Comparison {
  const head = readProject(file);
  refuseDamaged(head);
  const repository = GitRepository.at(dirname(file));
  const base = baseCommit(repository, ref);
  const configuration = `${repository.prefix}${basename(file)}`;
  const code = codeSince(repository, base, configuration);
  const folder = mkdtempSync(join(tmpdir(), 'vb365-matrix-'));
  try {
    const { stacks, problem } = stacksOfBase(repository, base, configuration, folder, (project) =>
      code.length > 0 ? () => true : differing(head, project),
    );
    const isWanted = stacks?.isWanted ?? (() => true);
    const matrix = matrixOf(synthesizedStacks(head, join(folder, 'head'), isWanted), stacks?.all, code.length > 0);
    return { base, matrix, changedCode: code, baseProblem: problem };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface BaseStacks {
  /** Undefined where they cannot be told. */
  readonly stacks: { readonly all: readonly SynthesizedStack[]; readonly isWanted: IsWanted } | undefined;
  readonly problem: string | undefined;
}

/** Whether the stacks of an owner have to be compared. */
type IsWanted = (owner: string) => boolean;

const NONE = { all: [], isWanted: () => true };

/** @param choose which owners are synthesized */
function stacksOfBase(
  repository: GitRepository,
  { commit }: BaseCommit,
  configuration: string,
  folder: string,
  choose: (project: Project) => IsWanted,
): BaseStacks {
  if (commit === undefined) return { stacks: NONE, problem: 'there is no commit before this one' };
  const root = join(folder, 'base');
  const files = writeBaseFiles(repository, commit, configuration, root);
  if (files.kind === 'absent') return { stacks: NONE, problem: `the base does not have ${configuration}` };
  if (files.kind === 'outside') {
    const problem = `the base names ${files.path}, which is absolute or outside of the repository, so that nobody knows what was there`;
    return { stacks: undefined, problem };
  }
  try {
    const project = readProject(files.file, { isPublicHalf: true });
    refuseDamaged(project);
    const isWanted = choose(project);
    const all = synthesizedStacks(project, join(folder, 'base.out'), isWanted);
    return { stacks: { all, isWanted }, problem: undefined };
  } catch (error) {
    // Whatever stands in the way, the change may be what mends it.
    const message = error instanceof Error ? error.message : String(error);
    return { stacks: undefined, problem: `the base cannot be synthesized: ${message.replaceAll(root + sep, '')}` };
  }
}

/** Owners of whom something differs that goes into their stacks, or whom only one of the two has. */
function differing(head: Project, base: Project): IsWanted {
  const [now, before] = [ingredientsOf(head), ingredientsOf(base)];
  return (owner) => now.get(owner) !== before.get(owner);
}

function codeSince(repository: GitRepository, { commit }: BaseCommit, configuration: string): string[] {
  return commit === undefined ? [] : changedCode(repository, repository.tree(commit), configuration);
}
