import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Vb365Error } from '../../errors';
import {
  errnoOf,
  removeEmptyFolder,
  removeFolder,
  renameToNewFolder,
  syncFolder,
  withFileErrors,
  writeDurably,
} from '../../system/durable-files';
import { parseLineageName } from '../../catalogue/lineage-name';
import { entriesOf, isLinked } from '../listing';
import {
  committedRequests,
  isBeingRemoved,
  REQUEST_FILE,
  REQUEST_KEY_FILE,
  REQUEST_REMOVED,
} from './pending-request-files';
import { isSealed } from '../sealing/sealed-text';

/** The texts of the two files of a request. */
export interface NewRequest {
  /** As `formatRequestFile` gives it. */
  readonly request: string;
  /** As `Sealer` gives it. */
  readonly sealedKey: string;
}

/**
 * Puts a request into the folder of its lineage, whole or not at all, in place of one that waits. The caller holds the
 * keystore's lock.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `key-not-sealed`, `keystore-unwritable`, `keystore-symbolic-link`, `lineage-malformed`
 */
export function putPendingRequest(root: string, lineage: string, { request, sealedKey }: NewRequest): void {
  if (!isSealed(sealedKey)) throw notSealed(lineage);
  const folder = folderOf(root, lineage);
  const id = randomBytes(8).toString('hex');
  const staging = join(root, `.staging-${id}`);
  withFileErrors('keystore-unwritable', folder, 'write to', () => {
    finishStoppedRequest(folder);
    try {
      mkdirSync(dirname(folder), { recursive: true });
      mkdirSync(staging);
      writeDurably(join(staging, REQUEST_KEY_FILE), sealedKey, 0o600);
      writeDurably(join(staging, REQUEST_FILE), request, 0o644);
      syncFolder(staging);
      if (renameToNewFolder(staging, folder)) {
        syncFolder(dirname(folder));
        return;
      }
      renameSync(staging, join(folder, `.request-${id}`));
      syncFolder(folder);
      finishStoppedRequest(folder);
    } finally {
      removeFolder(staging);
    }
  });
}

/**
 * Removes both files of a request, or neither; nothing where there is none. The caller holds the keystore's lock.
 *
 * @throws Vb365Error `keystore-unwritable`, `keystore-symbolic-link`, `lineage-malformed`
 */
export function removePendingRequest(root: string, lineage: string): void {
  const folder = folderOf(root, lineage);
  if (entriesOf(folder).length === 0) return;
  withFileErrors('keystore-unwritable', folder, 'write to', () => {
    mkdirSync(join(folder, REQUEST_REMOVED), { recursive: true });
    syncFolder(folder);
    finishStoppedRequest(folder);
    removeEmptyFolder(folder);
  });
}

/** Finishes what a stopped command put or removed. */
export function finishStoppedRequest(folder: string): void {
  const committed = committedRequests(folder);
  if (isBeingRemoved(folder)) {
    for (const each of committed) removeFolder(each);
    for (const name of [REQUEST_KEY_FILE, REQUEST_FILE]) rmSync(join(folder, name), { force: true });
    // Before the mark goes: a power cut must not bring one of the files back alone.
    syncFolder(folder);
    // With whatever a file manager has put into it: a mark that stays would take the next request away.
    removeFolder(join(folder, REQUEST_REMOVED));
    return;
  }
  for (const each of committed) {
    for (const name of [REQUEST_KEY_FILE, REQUEST_FILE]) moveOver(join(each, name), join(folder, name));
    removeFolder(each);
  }
  if (committed.length > 0) syncFolder(folder);
}

/** A file that has gone was moved by the command that was stopped. */
function moveOver(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function folderOf(root: string, lineage: string): string {
  const { owner, segment } = parseLineageName(lineage);
  const folder = join(root, owner, segment);
  if (!isLinked(folder)) return folder;
  throw new Vb365Error('keystore-symbolic-link', {
    subject: folder,
    message: `${folder} is reached through a symbolic link, and links are not followed`,
    cure: 'put the real folder in its place',
  });
}

function notSealed(lineage: string): Vb365Error {
  return new Vb365Error('key-not-sealed', {
    subject: lineage,
    message: `the private key for ${lineage} is not sealed with age, and only sealed keys enter the keystore`,
    cure: 'seal it with a Sealer first',
  });
}
