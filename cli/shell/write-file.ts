import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Vb365Error } from '../../lib/errors';
import { errnoOf, fileError, withFileErrors } from '../../lib/system/durable-files';
import { type JointFile, JointWrite, type NewFile } from './joint-write';
import { sweepLeftBehind } from './left-behind';

interface Writing {
  readonly mode: number;
  readonly overwrite: boolean;
  readonly home?: string;
  readonly removed?: readonly string[];
}

/**
 * Writes files that only their owner can read: all of them or none, each whole, whenever the process is killed.
 *
 * @param overwrite whether files that are there are replaced
 * @param home folder of the configuration, where `vb365 status` finds out what a killed process has left behind
 * @param removed files that are there, and that nobody shall find any more once the new ones are
 * @throws Vb365Error `output-exists`, `output-unwritable`
 */
export function writeSecretFiles(
  files: readonly NewFile[],
  overwrite: boolean,
  home: string,
  removed: readonly string[] = [],
): void {
  writeTogether(files, { mode: 0o600, overwrite, home, removed });
}

/** Writes a file that everybody may read, as `writeSecretFiles` does; without `overwrite`, never over one that is there. */
export function writePublicFile(file: string, content: string, overwrite = false): void {
  writeTogether([{ file, content }], { mode: 0o644, overwrite });
}

/** Text of a file that is to be added to. @throws Vb365Error `output-unwritable` */
export function readPublicFile(file: string): string {
  return withFileErrors('output-unwritable', file, 'look at', () => readFileSync(file, 'utf8'));
}

/**
 * Looks whether the files can be written, before a person is asked for anything; what killed commands left where they go is
 * cleared away first.
 *
 * @throws Vb365Error `output-exists`, `output-unwritable`
 */
export function refuseTaken(files: readonly string[], overwrite: boolean): void {
  sweepLeftBehind(files.map((file) => dirname(file)));
  for (const file of files) refuseOneTaken(file, overwrite);
}

/** Drafts first, so that a full disk is met before anything is in its place. */
function writeTogether(files: readonly NewFile[], { mode, overwrite, home, removed }: Writing): void {
  if (home !== undefined) sweepLeftBehind([home]);
  refuseTaken(
    files.map(({ file }) => file),
    overwrite,
  );
  for (const { file } of files) {
    withWriteErrors(file, () => {
      makeFolder(dirname(file));
    });
  }
  const write = new JointWrite(files, removed);
  const [first] = write.files;
  if (first === undefined) return;
  try {
    if (home !== undefined || files.length > 1) {
      withWriteErrors(first.file, () => {
        write.announce(home);
      });
    }
    for (const file of write.files) writeDraft(file, mode);
    for (const file of write.files) moveToPlace(write, file, overwrite);
    withWriteErrors(first.file, () => {
      write.commit();
    });
  } finally {
    write.settle();
  }
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

function writeDraft({ file, draft, content }: JointFile, mode: number): void {
  if (content === undefined) return;
  withWriteErrors(file, () => {
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

function moveToPlace(write: JointWrite, file: JointFile, overwrite: boolean): void {
  withWriteErrors(file.file, () => {
    if (!write.place(file, overwrite)) throw taken(file.file);
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
