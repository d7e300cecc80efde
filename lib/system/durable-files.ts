import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { ErrorCode } from '../error-codes';
import { Vb365Error } from '../errors';

/** Why the system refused, and what a person does about it. */
const REFUSALS: Readonly<Record<string, { readonly reason: string; readonly cure: string }>> = {
  ENOENT: { reason: 'it does not exist', cure: 'check the path' },
  EACCES: { reason: 'permission denied', cure: 'give your account the right to it, or run as its owner' },
  EPERM: { reason: 'permission denied', cure: 'give your account the right to it, or run as its owner' },
  EROFS: { reason: 'the file system is read-only', cure: 'run where the folder can be written' },
  ENOSPC: { reason: 'the disk is full', cure: 'free some space and run the command again; nothing was half written' },
  EDQUOT: {
    reason: 'the quota is used up',
    cure: 'free some space and run the command again; nothing was half written',
  },
  ENOTDIR: {
    reason: 'a part of the path is a file, not a folder',
    cure: 'move that file away, or name another folder',
  },
  EEXIST: { reason: 'a file is in the way', cure: 'move that file away, or name another folder' },
  EISDIR: { reason: 'it is a folder, not a file', cure: 'move that folder away, or name a file' },
  ELOOP: { reason: 'symbolic links lead in a circle', cure: 'replace the symbolic link by a real folder' },
  EMFILE: { reason: 'too many files are open', cure: 'raise the limit of open files (ulimit -n)' },
};

/** Link refusals of file systems without hard links: exFAT, FAT32, some network shares. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK']);

/** Name of a system error (`ENOENT`); undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  // Not by instanceof: errors of node's own modules come from another realm under some loaders.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A coded error that says in words what the system refused. */
export function fileError(code: ErrorCode, file: string, intent: string, cause: unknown): Vb365Error {
  const errno = errnoOf(cause);
  const { reason, cure } = REFUSALS[errno ?? ''] ?? {
    reason: `the system says ${errno ?? 'nothing more'}`,
    cure: 'check the path and the disk, and run the command again',
  };
  return new Vb365Error(code, { subject: file, message: `cannot ${intent} ${file}: ${reason}`, cure, cause });
}

/** Runs the work, and turns what the system refuses into a coded error; coded errors pass. */
export function withFileErrors<T>(code: ErrorCode, file: string, intent: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Vb365Error ? error : fileError(code, file, intent, error);
  }
}

/** Writes a new file that survives a power cut once this returns; an existing one is never touched (EEXIST). */
export function writeDurably(file: string, text: string, mode: number): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the names inside a folder survive a power cut. Windows keeps its own journal and refuses to open folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Moves a file to a name that must be free, so that two processes cannot both have it.
 *
 * Safe to repeat, and for two processes to do at once with the same file.
 *
 * @returns whether `to` now holds the content of `from`; false where another file had the name first
 */
export function moveExclusively(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (errno === 'ENOENT') return existsSync(to);
    if (NO_HARD_LINKS.has(errno)) return renameWhereFree(from, to);
    if (errno !== 'EEXIST') throw error;
    if (!isSameOrMoved(from, to)) return false;
  }
  rmSync(from, { force: true });
  return true;
}

/** @returns false where the folder is there already, and has something in it */
export function renameToNewFolder(staging: string, folder: string): boolean {
  try {
    renameSync(staging, folder);
    return true;
  } catch (error) {
    // Windows says EPERM, also of an empty folder.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

/** With all that is in it; nothing happens where it has gone. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Nothing happens where the folder has something in it, or has gone. */
export function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw error;
  }
}

/** Whether a file that is being moved holds the bytes of the one in its place; one that has gone was moved, by whoever moves it. */
export function isSameOrMoved(moving: string, inPlace: string): boolean {
  const bytes = readIfThere(moving);
  return bytes === undefined || (readIfThere(inPlace)?.equals(bytes) ?? false);
}

/** The bytes of a file; undefined where there is none. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Second best without hard links: the keystore's lock keeps two processes apart. */
function renameWhereFree(from: string, to: string): boolean {
  if (existsSync(to)) return isSameOrMoved(from, to);
  renameSync(from, to);
  return true;
}
