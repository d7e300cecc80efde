import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { posix } from 'node:path';
import { isGlob } from '../config/yaml/glob';
import { isMapping } from '../system/mapping';
import { parseYaml } from '../config/yaml/yaml-text';
import type { GitRepository, TreeEntry } from '../system/git-repository';
import { decodeText } from '../system/text';

/** What a commit says of a configuration. */
export type BaseFiles =
  | { readonly kind: 'written'; /** Absolute path. */ readonly file: string }
  /** The commit does not have the configuration. */
  | { readonly kind: 'absent' }
  /** The configuration names a path that Git does not keep with it, so that nobody can tell what was there. */
  | { readonly kind: 'outside'; readonly path: string };

/** Of files, executable or not. */
const FILE = '100';
const LINK = '120000';
/** Further than people link. */
const MOST_LINKS = 10;

/**
 * Writes the configuration of a commit, what it includes, and the certificates and recipients of its keystore into a folder, at
 * the same places as in the repository. Sealed keys stay where they are: nothing needs them.
 *
 * @param configuration path from the root of the repository, with `/` on every platform
 * @param folder absolute path
 * @throws Vb365Error `git-failed`
 */
export function writeBaseFiles(
  repository: GitRepository,
  commit: string,
  configuration: string,
  folder: string,
): BaseFiles {
  const tree = new Tree(repository, commit);
  const main = tree.read(configuration);
  if (main === undefined) return { kind: 'absent' };
  const { keystore, includes } = pathsOf(main);
  const root = posix.dirname(configuration);
  const places = [keystore, ...includes.map(fixedPart)];
  const outside = places.find((path) => posix.isAbsolute(path) || isOutside(posix.join(root, path)));
  if (outside !== undefined) return { kind: 'outside', path: outside };

  const certificates = below(posix.join(root, keystore));
  const recipients = posix.join(root, keystore, 'recipients.txt');
  const included = includes.map((pattern) => mayMatch(root, pattern));
  tree.write(folder, (path) => {
    if (path.endsWith('.age')) return false;
    if (path === configuration || path === recipients || (path.endsWith('.crt') && certificates(path))) return true;
    return included.some((matches) => matches(path));
  });
  return { kind: 'written', file: join(folder, ...configuration.split('/')) };
}

/** The files of a commit. Symbolic links to files of the same commit count as what they lead to. */
class Tree {
  readonly #entries: ReadonlyMap<string, TreeEntry>;

  constructor(
    readonly repository: GitRepository,
    commit: string,
  ) {
    this.#entries = new Map(repository.tree(commit).map((entry) => [entry.path, entry]));
  }

  read(path: string): string | undefined {
    const entry = this.#follow(path);
    const [bytes] = entry === undefined ? [] : this.repository.contents([entry]);
    return bytes && decodeText(bytes);
  }

  write(folder: string, isWanted: (path: string) => boolean): void {
    const wanted = [...this.#entries.keys()].filter((path) => isSafe(path) && isWanted(path));
    const files = wanted.flatMap((path) => {
      const entry = this.#follow(path);
      return entry === undefined ? [] : [{ path, entry }];
    });
    const contents = this.repository.contents(files.map(({ entry }) => entry));
    const made = new Set<string>();
    for (const [index, { path }] of files.entries()) {
      const file = join(folder, ...path.split('/'));
      if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
      made.add(dirname(file));
      writeFileSync(file, contents[index] ?? '');
    }
  }

  #follow(path: string, links = 0): TreeEntry | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined || entry.mode.startsWith(FILE)) return entry;
    if (entry.mode !== LINK || links === MOST_LINKS) return undefined;
    const target = this.repository.contents([entry])[0]?.toString() ?? '';
    return posix.isAbsolute(target) ? undefined : this.#follow(posix.join(posix.dirname(path), target), links + 1);
  }
}

/** What a configuration says about other files; what is wrong with it is said when it is read. */
function pathsOf(text: string): { readonly keystore: string; readonly includes: readonly string[] } {
  const { value } = parseYaml(text);
  const { keystore, include } = isMapping(value) ? value : {};
  return {
    keystore: typeof keystore === 'string' ? keystore : 'keystore',
    includes: Array.isArray(include) ? include.filter((path) => typeof path === 'string') : [],
  };
}

/** The folders of a pattern before its first star; of a path, all of it. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const star = parts.findIndex((part) => isGlob(part));
  return star < 0 ? pattern : parts.slice(0, star).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** Whatever a pattern may match, and more; who reads the configuration matches it. */
function mayMatch(root: string, pattern: string): (path: string) => boolean {
  if (!isGlob(pattern)) {
    const file = posix.join(root, pattern);
    return (path) => path === file;
  }
  const folder = below(posix.join(root, fixedPart(pattern)));
  const end = pattern.slice(pattern.lastIndexOf('*') + 1);
  return (path) => folder(path) && `/${path}`.endsWith(end);
}

function below(folder: string): (path: string) => boolean {
  const start = folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
  return (path) => path.startsWith(start);
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

/** Git itself writes no other paths; whoever makes a repository by hand may. */
function isSafe(path: string): boolean {
  return !/[\\:]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));
}
