import { posix } from 'node:path';
import { type GitRepository, SUBMODULE, type TreeEntry } from '../system/git-repository';

/** Files that say which version of each package runs; `package.json` itself is JSON as any other. */
const LOCK_FILES = new Set(['yarn.lock', 'pnpm-lock.yaml']);
/** Source code, and what it may import or read: data, `tsconfig.json`, `cdktf.json`. */
const CODE = /\.(?:[cm]?[jt]sx?|jsonc?|json5)$/;
/** What no program of the project is, and the settings of editors and CI systems. */
const FOREIGN = /(?:^|\/)(?:node_modules|cdktf\.out|\.[^/]+)\//;

/**
 * What differs from a commit and may change what is synthesized, whatever the configuration says: source code, JSON and
 * submodules of the whole repository, for a program may import what lies beside its folder, and lock files in the folder of
 * the configuration or above it.
 *
 * A file too many costs plans that say nothing; one too few lets a change through that nobody has seen.
 *
 * @param base every file of the commit
 * @param configuration path of the configuration, whose content is compared by itself
 * @returns paths from the root of the repository, sorted by code unit
 * @throws Vb365Error `git-failed`
 */
export function changedCode(repository: GitRepository, base: readonly TreeEntry[], configuration: string): string[] {
  const folders = foldersUp(repository.prefix);
  const isCode = (path: string): boolean => {
    const name = posix.basename(path);
    if (LOCK_FILES.has(name)) return folders.includes(path.slice(0, -name.length));
    return CODE.test(name) && !FOREIGN.test(path) && path !== configuration;
  };
  const before = new Map(
    base.filter(({ mode, path }) => mode === SUBMODULE || isCode(path)).map(({ path, oid }) => [path, oid]),
  );
  const files = repository.contentIds(repository.workTreeFiles().filter(isCode));
  const now = new Map([...files, ...repository.submodules()]);
  const paths = new Set([...before.keys(), ...now.keys()]);
  return [...paths].filter((path) => before.get(path) !== now.get(path)).sort();
}

/** The folder, and each above it, with a slash at its end but for the root. */
function foldersUp(prefix: string): string[] {
  const parts = prefix.split('/').filter((part) => part !== '');
  return Array.from({ length: parts.length + 1 }, (_, depth) =>
    parts
      .slice(0, parts.length - depth)
      .map((part) => `${part}/`)
      .join(''),
  );
}
