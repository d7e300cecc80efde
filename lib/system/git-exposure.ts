import { relative, sep } from 'node:path';
import { Vb365Error } from '../errors';
import { groupBy } from '../words/lists';
import { realPathOf, workTreeOf } from './git-work-tree';
import { runGit } from './run-git';

/** How a file gets into Git: `untracked` by a careless `git add`, `tracked` by a careless `git commit --all`. */
export type Exposure = 'tracked' | 'untracked';

/**
 * Asks Git which files it would take in. Where it cannot be asked, what lies inside a work tree counts as taken.
 *
 * @param files paths, which need not exist
 * @param forOthers whether files count that only this account keeps out, by a list of its own
 * @returns those that lie inside a work tree and that no `.gitignore` keeps out, in their order
 */
export function exposedToGit(files: readonly string[], forOthers = false): ReadonlyMap<string, Exposure> {
  const placed = files.flatMap((file) => {
    const path = realPathOf(file);
    const root = workTreeOf(path);
    return root === undefined ? [] : [{ file, root, name: relative(root, path).split(sep).join('/') }];
  });
  const settings = forOthers ? ['-c', 'core.excludesFile='] : [];
  const exposed = new Map<string, Exposure>();
  for (const [root, members] of groupBy(placed, ({ root }) => root)) {
    const names = members.map(({ name }) => name);
    const tracked = asked(root, ['ls-files', '-z', '--', ...names.map((name) => `:(top,literal)${name}`)]);
    // Does not name what is tracked.
    const ignored = asked(root, [...settings, 'check-ignore', '-z', '--stdin'], names.join('\0'));
    for (const { file, name } of members) {
      if (!ignored.has(name)) exposed.set(file, tracked.has(name) ? 'tracked' : 'untracked');
    }
  }
  return exposed;
}

/** Names that Git answers with; it ends as after a failure, too, where there is none. */
function asked(root: string, args: readonly string[], input?: string): ReadonlySet<string> {
  try {
    return new Set(runGit(root, args, input).toString().split('\0'));
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    return new Set();
  }
}
