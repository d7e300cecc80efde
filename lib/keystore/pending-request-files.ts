import { type Dirent, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './durable-files';
import { entriesOf, isLinked } from './listing';

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

/** Whether the name is that of a file of a request. */
export function isRequestFile({ name }: Dirent): boolean {
  return name === REQUEST_FILE || name === REQUEST_KEY_FILE;
}

/** Whether a stopped command left the folder, and the next one that makes or removes a request will finish it. */
export function isUnfinishedRequest(entry: Dirent): boolean {
  return entry.isDirectory() && (COMMITTED.test(entry.name) || entry.name === REQUEST_REMOVED);
}

/** Folders whose files have yet to be moved to their place, in the order in which they replace each other. */
export function committedRequests(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) =>
    entry.isDirectory() && COMMITTED.test(entry.name) ? [join(folder, entry.name)] : [],
  );
}

/** The files of the request in the folder of a lineage; undefined where there is neither. Nothing is read. */
export function listRequest(folder: string): RequestFiles | undefined {
  if (isLinked(folder)) return undefined;
  const inPlace = entriesOf(folder);
  if (inPlace.some((entry) => entry.isDirectory() && entry.name === REQUEST_REMOVED)) return undefined;
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
    return parseRequestedAt(readFileSync(file, 'utf8'));
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

function filesOf(folder: string, entries: readonly Dirent[]): { readonly name: string; readonly path: string }[] {
  return entries
    .filter((entry) => entry.isFile() && isRequestFile(entry))
    .map(({ name }) => ({ name, path: join(folder, name) }));
}
