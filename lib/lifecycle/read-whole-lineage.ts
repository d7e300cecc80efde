import { Vb365Error } from '../errors';
import type { Finding } from '../findings';
import type { Generation, Keystore } from '../keystore/keystore';

/**
 * Every generation of a lineage, oldest first, or what keeps one from being read: a decision about which generation comes or
 * goes needs them all, and one damaged file shall not stop a thousand other lineages.
 */
export function readWholeLineage(keystore: Keystore, lineage: string): readonly Generation[] | Finding {
  try {
    return keystore.generations(lineage);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const { code, message, cure } = error;
    return { id: code, severity: 'error', subject: lineage, message, cure };
  }
}

/** Whether reading failed. */
export function isFinding(read: readonly Generation[] | Finding): read is Finding {
  return 'severity' in read;
}
