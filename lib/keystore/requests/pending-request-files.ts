import { readKeystoreText } from '../../system/read-file';
import { type Dirent } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../../system/durable-files';
import { entriesOf, isLinked } from '../listing';

/*
 * A request that waits for its answer is two files, request.csr and request.key.age, in the folder of its lineage. They
 * come and go together, as generations do:
 *
 *   <keystore>/<owner>/<segment>/.request-<hex>      there: each of its files counts for the one in place, and replaces it next
 *   <keystore>/<owner>/<segment>/.request-removed    gone: its files are removed next
 */

export const REQUEST_FILE = 'request.csr';
export const REQUEST_KEY_FILE = 'request.key.age';
export const REQUEST_REMOVED = '.request-removed';

const COMMITTED = /^\.request-[0-9a-f]{16}$/;
const REQUESTED = 'Requested';

/** Absolute paths of the files of a request, as far as they are there. */
export interface RequestFiles {
  readonly requestFile: string | undefined;
  readonly keyFile: string | undefined;
}

/** The cure where both branches of Git have made a request. */
export const ONE_BRANCH = 'take both files of the request from one branch (git checkout --ours or --theirs)';

/** The cure of a request whose key shall not be, or cannot be used. */
export function startingOver(lineage: string): string {
  return `start over with another key: vb365 request ${lineage} --renew-key`;
}

/** Whether the name is that of a file of a request. */
export function isRequestFile({ name }: Dirent): boolean {
  return name === REQUEST_FILE || name === REQUEST_KEY_FILE;
}

/** Whether a stopped command left the folder, and the next one that makes or removes a request will finish it. */
export function isUnfinishedRequest(entry: Dirent): boolean {
  return entry.isDirectory() && (COMMITTED.test(entry.name) || entry.name === REQUEST_REMOVED);
}

/** Whether the request in the folder of a lineage is gone, although its files may still be there. */
export function isBeingRemoved(folder: string): boolean {
  return isMarked(entriesOf(folder));
}

/** Folders whose files have yet to be moved to their place: at most one, as each command that has the lock finishes it. */
export function committedRequests(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) =>
    entry.isDirectory() && COMMITTED.test(entry.name) ? [join(folder, entry.name)] : [],
  );
}

/** Whether the folder of a lineage has anything of a request in it, also what a stopped command has yet to remove. */
export function hasRequest(folder: string): boolean {
  return !isLinked(folder) && entriesOf(folder).some((entry) => isRequestFile(entry) || isUnfinishedRequest(entry));
}

/** The files of the request in the folder of a lineage; undefined where there is neither. Nothing is read. */
export function listRequest(folder: string): RequestFiles | undefined {
  if (isLinked(folder)) return undefined;
  const inPlace = entriesOf(folder);
  if (isMarked(inPlace)) return undefined;
  const files = [
    ...filesOf(folder, inPlace),
    ...committedRequests(folder).flatMap((committed) => filesOf(committed, entriesOf(committed))),
  ];
  const last = (name: string): string | undefined => files.findLast((file) => file.name === name)?.path;
  const [requestFile, keyFile] = [last(REQUEST_FILE), last(REQUEST_KEY_FILE)];
  return requestFile === undefined && keyFile === undefined ? undefined : { requestFile, keyFile };
}

/**
 * When the request of a lineage was made, by the readable lines of its file; undefined where none waits, or it does not say.
 *
 * @param folder of the lineage
 */
export function requestedAt(folder: string): Date | undefined {
  const file = listRequest(folder)?.requestFile;
  if (file === undefined) return undefined;
  try {
    return parseRequestedAt(readKeystoreText(file));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

export function parseRequestedAt(text: string): Date | undefined {
  const [, value = ''] =
    new RegExp(`^${REQUESTED}: (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)\\r?$`, 'm').exec(text) ?? [];
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function isMarked(entries: readonly Dirent[]): boolean {
  return entries.some((entry) => entry.isDirectory() && entry.name === REQUEST_REMOVED);
}

function filesOf(folder: string, entries: readonly Dirent[]): { readonly name: string; readonly path: string }[] {
  return entries
    .filter((entry) => entry.isFile() && isRequestFile(entry))
    .map(({ name }) => ({ name, path: join(folder, name) }));
}
