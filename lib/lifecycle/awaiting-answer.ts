import { join } from 'node:path';
import type { Finding } from '../findings';
import { listRequest, requestedAt } from '../keystore/pending-request-files';

/** Findings that the answer to a request mends. */
const MENDED = new Set([
  'certificate-missing-in-keystore',
  'certificate-renewal-due',
  'certificate-expired',
  'lineage-imported',
]);

/**
 * A finding about a lineage without a fresh certificate; where a request of it waits for its answer, it says so, and the
 * answer is its cure. Of the request no more than its readable lines are read.
 *
 * @param keystore folder of the keystore
 */
export function awaitingAnswer(finding: Finding, lineage: string, keystore: string): Finding {
  const folder = join(keystore, lineage);
  if (!MENDED.has(finding.id) || listRequest(folder)?.requestFile === undefined) return finding;
  const since = requestedAt(folder)?.toISOString().slice(0, 10);
  return {
    ...finding,
    message: `${finding.message}; its request${since === undefined ? '' : ` of ${since}`} waits for the answer`,
    cure: `import the answer of your certification authority: vb365 import ${lineage} <answer>`,
  };
}
