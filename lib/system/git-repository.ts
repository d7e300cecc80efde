import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { Vb365Error } from '../errors';
import { gitFailed, runGit } from './run-git';
import { isInsideGitWorkTree } from './git-work-tree';
import { existingFolder } from './look';

/** What Git keeps, and where it stood. */
export interface PlacedContent {
  /** Id of its content; of a submodule, of its commit. */
  readonly oid: string;
  /** From the root of the repository, with `/` on every platform. */
  readonly path: string;
}

/** A file of a commit, or a submodule. */
export interface TreeEntry extends PlacedContent {
  /** As Git writes it: `100644` and `100755` are files, `120000` is a symbolic link, `160000` a submodule. */
  readonly mode: string;
}

export const SUBMODULE = '160000';

/**
 * Reads a Git repository by the `git` of the machine. Nothing is checked out, and neither the work tree nor the index changes.
 */
export class GitRepository {
  /**
   * The repository whose work tree holds a folder.
   *
   * @param folder absolute path of a folder that is there
   * @throws Vb365Error `git-missing`, `git-repository-missing`
   */
  static at(folder: string): GitRepository {
    try {
      const args = ['rev-parse', '--is-inside-work-tree', '--show-toplevel', '--show-prefix'];
      const [isInside, root = '', prefix = ''] = runGit(folder, args).toString().split('\n');
      if (isInside === 'true') return new GitRepository(root, prefix);
    } catch (error) {
      if (!(error instanceof Vb365Error) || error.code !== 'git-failed') throw error;
      throw noRepository(folder, `: ${error.message}`, error);
    }
    throw noRepository(folder, '');
  }

  /** Bytes of the paths that are not UTF-8: a file may have any name. */
  readonly #bytes = new Map<string, Buffer>();

  private constructor(
    /** Absolute path of the work tree. */
    readonly root: string,
    /** From the root to the folder: empty, or with a slash at its end. */
    readonly prefix: string,
  ) {}

  /** Whether the history was cut off when it was cloned. */
  get isShallow(): boolean {
    return this.#run(['rev-parse', '--is-shallow-repository']).toString().trim() === 'true';
  }

  /**
   * The commit that a branch, a tag or an id names; undefined where there is none.
   *
   * @throws Vb365Error `git-failed`
   */
  commitOf(ref: string): string | undefined {
    // Git would take it as an option.
    if (ref.startsWith('-')) return undefined;
    const id = this.#runIfFound(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])?.trim();
    return id === '' ? undefined : id;
  }

  /** The commit where `HEAD` and another one parted; undefined where that is not in this clone, or nowhere. */
  mergeBase(commit: string): string | undefined {
    return this.#runIfFound(['merge-base', commit, 'HEAD'])?.trim();
  }

  /**
   * The last commit of `HEAD` that has added or changed a file below a folder; undefined where none has.
   *
   * @param folder from the root, empty or with a slash at its end
   * @param suffix how the names of the files end
   */
  lastAddition(folder: string, suffix: string): string | undefined {
    const below = folder.replace(/[\\*?[]/g, '\\$&');
    const args = ['log', '-1', '--format=%H', '--diff-filter=AM', 'HEAD', '--', `:(top,glob)${below}**/*${suffix}`];
    const commit = this.#runIfFound(args)?.trim();
    return commit === '' ? undefined : commit;
  }

  /** Every file and submodule of a commit. @throws Vb365Error `git-failed` */
  tree(commit: string): TreeEntry[] {
    const lines = recordsOf(this.#run(['ls-tree', '-r', '-z', '--full-tree', commit]));
    return lines.flatMap((line) => this.#entryOf(line, /^(\d+) (?:blob|commit) ([0-9a-f]+)$/));
  }

  /**
   * Commits of the submodules of the work tree, by path: the one that is checked out, and of one that is not, that of the index.
   *
   * @throws Vb365Error `git-failed`
   */
  submodules(): ReadonlyMap<string, string> {
    const lines = recordsOf(this.#run(['ls-files', '--stage', '-z', '--full-name', '--', ':/']));
    const entries = lines.flatMap((line) => this.#entryOf(line, /^(160000) ([0-9a-f]+) \d$/));
    return new Map(entries.map(({ oid, path }) => [path, this.#checkedOut(path) ?? oid]));
  }

  /**
   * Every content that the files of a folder have had in any commit up to `HEAD`, also of those that were deleted; none where
   * there is no commit.
   *
   * @param folder from the root, empty for all of it
   * @throws Vb365Error `git-failed`
   */
  everyContent(folder: string): PlacedContent[] {
    if (this.commitOf('HEAD') === undefined) return [];
    const where = folder === '' ? ':/' : `:(top,literal)${folder}`;
    // One walk, whatever the number of commits; without --full-history, branches that end as they began are left out.
    const args = ['rev-list', '--objects', '--full-history', 'HEAD', '--', where];
    return this.#run(args)
      .toString()
      .split('\n')
      .flatMap((line) => {
        const [, oid, path] = /^([0-9a-f]+) (.+)$/.exec(line) ?? [];
        return oid === undefined || path === undefined ? [] : [{ oid, path }];
      });
  }

  /**
   * Contents of files of a commit, in the same order.
   *
   * @throws Vb365Error `git-failed`, also where one is not in this clone
   */
  contents(entries: readonly PlacedContent[]): Buffer[] {
    if (entries.length === 0) return [];
    const output = this.#run(['cat-file', '--batch'], entries.map(({ oid }) => `${oid}\n`).join(''));
    let next = 0;
    return entries.map(({ path }) => {
      const end = output.indexOf('\n', next);
      const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', next, end)) ?? [];
      if (size === undefined) throw gitFailed(`the content of ${path} is not in this clone`);
      next = end + 1 + Number(size) + 1;
      return output.subarray(end + 1, next - 1);
    });
  }

  /** Paths from the root of every file of the work tree, but for those that Git ignores; some may have been deleted. */
  workTreeFiles(): string[] {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--full-name', '--', ':/'];
    return [...new Set(recordsOf(this.#run(args)).map((path) => this.#pathOf(path)))];
  }

  /**
   * The ids under which Git would keep files and symbolic links of the work tree as they are, by path. This reads them all,
   * while `git diff` would write to the index.
   *
   * @param paths from the root; those at which there is neither have no id
   * @throws Vb365Error `git-failed`
   */
  contentIds(paths: readonly string[]): ReadonlyMap<string, string> {
    const links = paths.filter((path) => this.#look(path)?.isSymbolicLink() === true);
    // Git takes one path a line; one with a line end in it is nobody's program.
    const files = paths.filter((path) => this.#look(path)?.isFile() === true && !path.includes('\n'));
    const lines = Buffer.concat(files.flatMap((path) => [this.#bytesOf(path), LINE_END]));
    const ids = files.length === 0 ? [] : this.#hash(['--stdin-paths'], lines);
    return new Map([
      ...files.map((path, index) => [path, ids[index] ?? ''] as const),
      ...links.map(
        (path) => [path, this.#hash(['--stdin'], readlinkSync(this.#onDisk(path), 'buffer'))[0] ?? ''] as const,
      ),
    ]);
  }

  #look(path: string): Stats | undefined {
    return lstatSync(this.#onDisk(path), { throwIfNoEntry: false });
  }

  #onDisk(path: string): string | Buffer {
    const bytes = this.#bytes.get(path);
    return bytes === undefined ? join(this.root, path) : Buffer.concat([Buffer.from(`${this.root}/`), bytes]);
  }

  #bytesOf(path: string): Buffer {
    return this.#bytes.get(path) ?? Buffer.from(path);
  }

  /** Each byte as one character where the path is not UTF-8: so no two of them become the same. */
  #pathOf(bytes: Buffer): string {
    if (isUtf8(bytes)) return bytes.toString();
    const path = bytes.toString('latin1');
    this.#bytes.set(path, bytes);
    return path;
  }

  /** @param head what stands before the tabulator, with mode and id */
  #entryOf(line: Buffer, head: RegExp): TreeEntry[] {
    const end = line.indexOf('\t');
    const [, mode, oid] = head.exec(line.toString('latin1', 0, end)) ?? [];
    return mode === undefined || oid === undefined ? [] : [{ mode, oid, path: this.#pathOf(line.subarray(end + 1)) }];
  }

  /** Where a submodule is not checked out, its folder belongs to this repository. */
  #checkedOut(path: string): string | undefined {
    const folder = join(this.root, path);
    if (!existsSync(join(folder, '.git'))) return undefined;
    return this.#runIfFound(['-C', folder, 'rev-parse', '--verify', '--quiet', 'HEAD'])?.trim();
  }

  #hash(args: readonly string[], input: string | Buffer): string[] {
    return this.#run(['hash-object', ...args], input)
      .toString()
      .split('\n');
  }

  #run(args: readonly string[], input?: string | Buffer): Buffer {
    return runGit(this.root, args, input);
  }

  /** Undefined where Git says by exit code 1 that there is nothing, or 128 where a name leads nowhere. */
  #runIfFound(args: readonly string[]): string | undefined {
    try {
      return this.#run(args).toString();
    } catch (error) {
      if (error instanceof Vb365Error && error.code === 'git-failed') return undefined;
      throw error;
    }
  }
}

/** A commit, and when it was made by the clock of whoever made it. */
export interface DatedCommit {
  /** As short as Git writes it. */
  readonly id: string;
  readonly at: Date;
}

/**
 * The commit that is checked out in the repository whose work tree holds a folder; undefined where there is no repository, no
 * commit, no Git, or it does not answer.
 */
export function lastCommitAt(folder: string): DatedCommit | undefined {
  if (!isInsideGitWorkTree(folder)) return undefined;
  try {
    const args = ['log', '-1', '--no-show-signature', '--format=%h %ct'];
    const [, id, seconds] = /^([0-9a-f]+) (\d+)$/m.exec(runGit(existingFolder(folder), args).toString()) ?? [];
    return id === undefined ? undefined : { id, at: new Date(Number(seconds) * 1_000) };
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}

const LINE_END = Buffer.from('\n');

/** What Git separates by zeros, without what is empty. */
function recordsOf(output: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    if (end > start) records.push(output.subarray(start, end));
    start = end + 1;
  }
  return records;
}

function noRepository(folder: string, why: string, cause?: unknown): Vb365Error {
  return new Vb365Error('git-repository-missing', {
    subject: folder,
    message: `${folder} is not inside the work tree of a Git repository${why}`,
    cure: 'name a configuration inside one; where Git finds its ownership dubious, run "git config --global --add safe.directory" with the folder',
    cause,
  });
}
