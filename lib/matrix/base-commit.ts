import { Vb365Error } from '../errors';
import type { GitRepository } from '../system/git-repository';

/** With what the work tree is compared. */
export interface BaseCommit {
  /** As a person names it. */
  readonly ref: string;
  /**
   * Where `HEAD` parted from it; the commit itself where it goes on from `HEAD`, as after a push that has thrown commits away.
   * Undefined where the ref says that there is nothing before: forty zeros.
   */
  readonly commit: string | undefined;
  /** The commit that the ref names. */
  readonly tip: string | undefined;
  /** The commit that is checked out; undefined where there is none yet. */
  readonly head: string | undefined;
}

/** What a clone calls the branch that others start from. */
const DEFAULT_REFS = ['origin/HEAD', 'origin/main', 'origin/master'];

/** What GitHub and GitLab give as the commit before the first push of a branch. */
const NOTHING = /^0{40}(?:0{24})?$/;

/**
 * The commit with which a pull request is compared: where `HEAD` parted from the branch into which it goes.
 *
 * @param ref a branch, a tag or an id. @default `origin/HEAD`, else `origin/main`, else `origin/master`
 * @throws Vb365Error `git-ref-unknown`; `git-history-shallow` where the clone lacks what is looked for
 */
export function baseCommit(repository: GitRepository, ref?: string): BaseCommit {
  if (ref !== undefined && NOTHING.test(ref)) return { ref, commit: undefined, tip: undefined, head: undefined };
  const { ref: name, tip } = baseTip(repository, ref);
  const head = repository.commitOf('HEAD');
  const parting = partingOf(repository, name, tip);
  return { ref: name, commit: parting === head ? tip : parting, tip, head };
}

/**
 * The commit at which the branch is into which a pull request goes.
 *
 * @param ref as for {@link baseCommit}
 * @throws Vb365Error `git-ref-unknown`; `git-history-shallow` where the clone lacks it
 */
export function baseTip(repository: GitRepository, ref?: string): { readonly ref: string; readonly tip: string } {
  const candidates = ref === undefined ? DEFAULT_REFS : [ref];
  for (const candidate of candidates) {
    const tip = repository.commitOf(candidate);
    if (tip !== undefined) return { ref: candidate, tip };
  }
  if (repository.isShallow) throw shallow(`has no ${candidates.join(', ')}`);
  const cure =
    ref === undefined
      ? 'name the branch, tag or commit to compare with: --base <ref>'
      : 'name a branch, a tag or a commit that "git log" finds, such as --base origin/main; "git fetch" brings what is new';
  throw new Vb365Error('git-ref-unknown', {
    message:
      ref === undefined
        ? `there is none of ${candidates.join(', ')} to compare with`
        : `the repository has no commit ${JSON.stringify(ref)}`,
    cure,
  });
}

/** Histories that share nothing are compared as they are, and so is one that has not begun. */
function partingOf(repository: GitRepository, ref: string, commit: string): string {
  const parting = repository.mergeBase(commit);
  if (parting !== undefined) return parting;
  if (repository.isShallow) throw shallow(`does not reach back to where HEAD parted from ${ref}`);
  return commit;
}

function shallow(what: string): Vb365Error {
  return new Vb365Error('git-history-shallow', {
    message: `the history of this clone is cut off, and ${what}`,
    cure: 'clone the whole history: fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 in GitLab, fetchDepth: 0 in Azure DevOps',
  });
}
