import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Vb365Error } from '../../lib/errors';
import { errnoOf, fileError, moveExclusively, withFileErrors } from '../../lib/system/durable-files';

export interface NewFile {
  /** Absolute path. */
  readonly file: string;
  readonly content: Uint8Array | string;
}

interface Draft extends NewFile {
  readonly draft: string;
}

/**
 * Writes files that only their owner can read: all of them or none, each whole.
 *
 * @param overwrite whether files that are there are replaced
 * @throws Vb365Error `output-exists`, `output-unwritable`
 */
export function writeSecretFiles(files: readonly NewFile[], overwrite: boolean): void {
  writeTogether(files, 0o600, overwrite);
}

/** Writes a file that everybody may read, as `writeSecretFiles` does; without `overwrite`, never over one that is there. */
export function writePublicFile(file: string, content: string, overwrite = false): void {
  writeTogether([{ file, content }], 0o644, overwrite);
}

/** Text of a file that is to be added to. @throws Vb365Error `output-unwritable` */
export function readPublicFile(file: string): string {
  return withFileErrors('output-unwritable', file, 'look at', () => readFileSync(file, 'utf8'));
}

/** Removes a file that nobody shall find any more. @throws Vb365Error `output-unwritable` */
export function removeFile(file: string): void {
  withFileErrors('output-unwritable', file, 'remove', () => {
    rmSync(file);
  });
}

/**
 * Looks whether the files can be written, before a person is asked for anything.
 *
 * @throws Vb365Error `output-exists`, `output-unwritable`
 */
export function refuseTaken(files: readonly string[], overwrite: boolean): void {
  for (const file of files) refuseOneTaken(file, overwrite);
}

/** Drafts first, so that a full disk is met before anything is in its place. */
function writeTogether(files: readonly NewFile[], mode: number, overwrite: boolean): void {
  refuseTaken(
    files.map(({ file }) => file),
    overwrite,
  );
  const drafts = files.map((file) => ({ ...file, draft: join(dirname(file.file), draftName()) }));
  try {
    for (const draft of drafts) writeDraft(draft, mode);
    for (const draft of drafts) moveToPlace(draft, overwrite);
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}

/** One that `.gitignore` of `vb365 init` names. */
function draftName(): string {
  return `.vb365-${randomBytes(8).toString('hex')}`;
}

/** A folder, a device (`/dev/stdout`) or a symbolic link is in the way even of whoever overwrites. */
function refuseOneTaken(file: string, overwrite: boolean): void {
  const status = withWriteErrors(file, () => lstatSync(file, { throwIfNoEntry: false }));
  if (status?.isFile() === false) {
    throw new Vb365Error('output-unwritable', {
      subject: file,
      message: `the file ${file} cannot be written: a folder, a device or a symbolic link is in its place`,
      cure: 'name a file',
    });
  }
  if (status !== undefined && !overwrite) throw taken(file);
}

function writeDraft({ file, draft, content }: Draft, mode: number): void {
  withWriteErrors(file, () => {
    makeFolder(dirname(file));
    const descriptor = openSync(draft, 'wx', mode);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** One after the other: where a folder cannot be made in its parent, as in `/proc`, node 20 tries for ever to make both. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else was faster.
    if (errnoOf(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}

function moveToPlace({ file, draft }: Draft, overwrite: boolean): void {
  withWriteErrors(file, () => {
    if (overwrite) renameSync(draft, file);
    else if (!moveExclusively(draft, file)) throw taken(file);
  });
}

function withWriteErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Vb365Error ? error : fileError('output-unwritable', file, 'write', error);
  }
}

function taken(file: string): Vb365Error {
  return new Vb365Error('output-exists', {
    subject: file,
    message: `there is a file ${file} already`,
    cure: 'name another file, or give --force to write over it',
  });
}
