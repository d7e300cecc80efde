import { join } from 'node:path';
import { listRequest, requestedAt } from '../../keystore/requests/pending-request-files';

/**
 * The lineages of which a request waits for its answer, and the days on which they were made; undefined where it does not say.
 *
 * @param keystore folder of the keystore
 */
export function waitingRequests(lineages: readonly string[], keystore: string): Map<string, string | undefined> {
  const folderOf = (lineage: string): string => join(keystore, lineage);
  return new Map(
    lineages
      .filter((lineage) => listRequest(folderOf(lineage))?.requestFile !== undefined)
      .map((lineage) => [lineage, requestedAt(folderOf(lineage))?.toISOString().slice(0, 10)]),
  );
}
