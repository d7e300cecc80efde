import { join } from 'node:path';
import { readUpTo } from '../system/read-file';
import { errnoOf } from '../system/durable-files';
import { readAdded } from './crt-file';
import { lineageFolders, listGenerations } from './listing';
import { decodeText } from '../system/text';

/** When a certificate entered the keystore, as its file says. */
export interface AddedCertificate {
  readonly lineage: string;
  /** Absolute path. */
  readonly file: string;
  readonly added: Date;
}

/** Bytes: the head of a certificate with some hundred names. */
const MOST_BYTES = 65_536;

/**
 * The certificate that entered the keystore last, by the line `Added:` of the heads; undefined where none says so. Nothing but
 * heads is read, and what cannot be read says nothing.
 *
 * Generations are numbered as they come: one that says a later date than its successor says a false one, and does not count.
 *
 * @param root folder of the keystore; need not be there
 * @param until of those that say a date up to this one. @default of all
 */
export function newestAdded(root: string, until?: Date): AddedCertificate | undefined {
  let newest: AddedCertificate | undefined;
  for (const lineage of lineageFolders(root)) {
    let successor = until ?? new Date(8.64e15);
    for (const { certificateFile: file } of listGenerations(join(root, lineage)).toReversed()) {
      const added = file === undefined ? undefined : addedOf(file);
      if (file === undefined || added === undefined || added > successor) continue;
      if (newest === undefined || added > newest.added) newest = { lineage, file, added };
      successor = added;
    }
  }
  return newest;
}

function addedOf(file: string): Date | undefined {
  try {
    return readAdded(decodeText(readUpTo(file, MOST_BYTES)));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
