import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { errnoOf, moveExclusively, syncFolder, writeDurably } from '../../lib/system/durable-files';
import { isMapping } from '../../lib/system/mapping';
import { ownStem } from './write-owner';

/*
 * Files that belong together, such as a PFX and its password, are written all or none, and what is of an earlier bundle is
 * removed with them; no file system does that. So each folder that one is written to, or removed from, gets, under names that
 * tell which process writes:
 *
 *   .vb365-<id>.<host>.<pid>.record  which files come into this folder, and which other folders get some
 *   .vb365-<id>.<host>.<pid>.0.new   a file that is not in its place yet
 *   .vb365-<id>.<host>.<pid>.0.old   what it takes the place of, or what is removed
 *
 * The record of one folder is the mark: the moment it goes, all files are written. As long as it is there, whoever comes next
 * puts back what was there before. A record speaks of files in its own folder alone, so that one that comes with a
 * repository reaches nothing else.
 */

export interface NewFile {
  /** Absolute path. */
  readonly file: string;
  readonly content: Uint8Array | string;
}

/** What a folder is told of a file that comes into it, or leaves it. */
interface RecordedFile {
  readonly name: string;
  /** Of what is written, empty where nothing is: a file that somebody has put there since is left alone. */
  readonly sha256: string;
  readonly replaces: boolean;
}

/** What a process that writes has told a folder. */
export interface WriteRecord {
  /** Absolute path of the folder that has the mark. */
  readonly mark: string;
  /** Absolute paths of the folders that get files, that of the mark last; behind it that of the configuration, which is told. */
  readonly folders: readonly string[];
  readonly files: readonly RecordedFile[];
}

/** A file, and the names that it has on its way. */
export interface JointFile {
  /** Absolute path. */
  readonly file: string;
  /** Undefined where the file is removed. */
  readonly content: NewFile['content'] | undefined;
  readonly draft: string;
  /** Where what is replaced or removed is kept until all is written. */
  readonly old: string;
  readonly replaces: boolean;
}

/** Files that are written together. */
export class JointWrite {
  readonly files: readonly JointFile[];
  readonly #stem = ownStem(randomBytes(8).toString('hex'));
  /** Folders with what comes into each, in the order of a record. */
  readonly #folders = new Map<string, RecordedFile[]>();
  readonly #mark: string;

  /**
   * @param files one or more, to folders that are there
   * @param removed absolute paths of files that are there, and go when all is written
   */
  constructor(files: readonly NewFile[], removed: readonly string[] = []) {
    const all = [...files, ...removed.map((file) => ({ file, content: undefined }))];
    this.files = all.map(({ file, content }) => {
      const folder = dirname(file);
      const recorded = this.#folders.get(folder) ?? [];
      const replaces = existsSync(file);
      const part = join(folder, `${this.#stem}.${recorded.length}`);
      const sha256 = content === undefined ? '' : createHash('sha256').update(content).digest('hex');
      this.#folders.set(folder, [...recorded, { name: basename(file), sha256, replaces }]);
      return { file, content, replaces, draft: `${part}.new`, old: `${part}.old` };
    });
    this.#mark = [...this.#folders.keys()].at(-1) ?? '';
  }

  /**
   * Writes down what is going to be written, before it is.
   *
   * @param home folder that `vb365 status` looks in; where it cannot be written to, it is not told
   */
  announce(home: string | undefined): void {
    if (home !== undefined && !this.#folders.has(home) && this.#tellsHome(home)) this.#folders.set(home, []);
    for (const [folder, files] of this.#folders) if (files.length > 0) this.#writeRecord(folder);
  }

  #tellsHome(home: string): boolean {
    try {
      this.#writeRecord(home, [...this.#folders.keys(), home]);
      return true;
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return false;
    }
  }

  #writeRecord(folder: string, folders = [...this.#folders.keys()]): void {
    // Seen from here: a project that is moved takes its records along.
    const [mark = '', ...seen] = [this.#mark, ...folders].map((other) => relative(folder, other));
    const record = { mark, folders: seen, files: this.#folders.get(folder) ?? [] };
    const [file, draft] = [recordFile(folder, this.#stem), join(folder, `${this.#stem}.record.new`)];
    writeDurably(draft, JSON.stringify(record), 0o600);
    renameSync(draft, file);
    syncFolder(folder);
  }

  /**
   * Puts a file that has been written as a draft in its place, or takes away what is removed.
   *
   * @returns false where another file has the name
   */
  place({ content, draft, file, old, replaces }: JointFile, overwrite: boolean): boolean {
    if (content === undefined) {
      renameSync(file, old);
      return true;
    }
    if (!overwrite) return moveExclusively(draft, file);
    if (replaces) keep(file, old);
    renameSync(draft, file);
    return true;
  }

  /** From now on all files are written. */
  commit(): void {
    for (const folder of this.#folders.keys()) syncFolder(folder);
    rmSync(recordFile(this.#mark, this.#stem), { force: true });
  }

  /** Puts back what was there, or once it is committed removes what is left of the work. */
  settle(): void {
    for (const folder of this.#folders.keys()) settleWrite(folder, this.#stem);
  }
}

/** So that the name is never without a file; a file system without hard links has no better way. */
function keep(file: string, old: string): void {
  try {
    linkSync(file, old);
  } catch {
    renameSync(file, old);
  }
}

/** Ends a write that nobody is at work on any more; what the system refuses is left for the next one. */
export function settleWrite(folder: string, stem: string): void {
  try {
    const folders = readRecord(folder, stem)?.folders ?? [folder];
    const isOpen = isUnfinished(folder, stem);
    // As long as there is the mark, everything can be done again.
    for (const each of folders) settleFolder(each, stem, isOpen);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

/** Whether what was there is to be put back. Where the folder of the mark has gone, nobody knows, and what is here is kept. */
export function isUnfinished(folder: string, stem: string): boolean {
  const mark = readRecord(folder, stem)?.mark;
  return mark !== undefined && (!existsSync(mark) || existsSync(recordFile(mark, stem)));
}

function settleFolder(folder: string, stem: string, isOpen: boolean): void {
  if (!existsSync(folder)) return;
  const files = isOpen ? (readRecord(folder, stem)?.files ?? []) : [];
  for (const [index, file] of files.entries()) putBack(folder, file, join(folder, `${stem}.${index}.old`));
  syncFolder(folder);
  const record = recordFile(folder, stem);
  for (const part of partsIn(folder, stem)) if (part !== record) rmSync(part, { force: true });
  rmSync(record, { force: true });
}

function putBack(folder: string, { name, replaces, sha256 }: RecordedFile, old: string): void {
  const file = join(folder, name);
  const isOurs = hashOf(file) === sha256;
  if (existsSync(old)) {
    if (isOurs || !existsSync(file)) renameSync(old, file);
  } else if (!replaces && isOurs) {
    rmSync(file);
  }
}

function hashOf(file: string): string | undefined {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Absolute paths of what a write has in a folder. */
function partsIn(folder: string, stem: string): string[] {
  const own = readdirSync(folder).filter((name) => name === stem || name.startsWith(`${stem}.`));
  return own.map((name) => join(folder, name));
}

/** What a folder was told; undefined where there is nothing that this account has written down. */
export function readRecord(folder: string, stem: string): WriteRecord | undefined {
  const file = recordFile(folder, stem);
  const status = lstatSync(file, { throwIfNoEntry: false });
  // In a folder that everybody may write to, others could have us move files.
  if (status?.isFile() !== true || (process.getuid !== undefined && status.uid !== process.getuid())) return undefined;
  const record = parse(readFileSync(file, 'utf8'));
  if (record === undefined) return undefined;
  const folders = record.folders.map((other) => resolve(folder, other));
  return { mark: resolve(folder, record.mark), folders, files: record.files };
}

function parse(text: string): WriteRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    if (!isMapping(record)) return undefined;
    const { mark, folders, files } = record;
    if (typeof mark !== 'string' || !Array.isArray(folders) || !Array.isArray(files)) return undefined;
    return {
      mark,
      folders: folders.filter((folder) => typeof folder === 'string'),
      files: files.filter(isRecordedFile),
    };
  } catch {
    return undefined;
  }
}

function isRecordedFile(value: unknown): value is RecordedFile {
  if (!isMapping(value)) return false;
  const { name, replaces, sha256 } = value;
  return (
    typeof name === 'string' && basename(name) === name && typeof sha256 === 'string' && typeof replaces === 'boolean'
  );
}

function recordFile(folder: string, stem: string): string {
  return join(folder, `${stem}.record`);
}
