import { join } from 'node:path';
import type { Finding } from '../../findings';
import { listRequest, requestedAt, startingOver } from '../../keystore/requests/pending-request-files';

/** Findings that the answer to a request mends. */
const MENDED = new Set(['certificate-missing-in-keystore', 'certificate-renewal-due', 'certificate-expired']);
/** Findings that another request mends, where a person asks for successors because keys are lost or known to others. */
const MENDED_BY_ANOTHER_KEY = new Set(['certificate-missing-in-keystore', 'lineage-imported']);

/**
 * A finding about a lineage without a fresh certificate; where a request of it waits for its answer, it says so, and the
 * answer is its cure. Of the request no more than its readable lines are read.
 *
 * @param keystore folder of the keystore
 */
export function awaitingAnswer(finding: Finding, lineage: string, keystore: string): Finding {
  const waiting = MENDED.has(finding.id) ? sayWaiting(lineage, keystore) : undefined;
  if (waiting === undefined) return finding;
  return { ...finding, message: `${finding.message}; ${waiting}`, cure: importingAnswer(lineage) };
}

/**
 * As `awaitingAnswer`, where a person asks for another key: the answer would bring the one that waits, which may be as old
 * as what is to be replaced.
 *
 * @param keystore folder of the keystore
 */
export function replacingRequest(finding: Finding, lineage: string, keystore: string): Finding {
  const waiting = MENDED_BY_ANOTHER_KEY.has(finding.id) ? sayWaiting(lineage, keystore) : undefined;
  if (waiting === undefined) return finding;
  return {
    ...finding,
    message: `${finding.message}; ${waiting}, and keeps its key`,
    cure: `${startingOver(lineage)}; where that key is neither lost nor known to others, ${importingAnswer(lineage)}`,
  };
}

function importingAnswer(lineage: string): string {
  return `import the answer of your certification authority: vb365 import ${lineage} <answer>`;
}

/** Undefined where no request waits. */
function sayWaiting(lineage: string, keystore: string): string | undefined {
  const folder = join(keystore, lineage);
  if (listRequest(folder)?.requestFile === undefined) return undefined;
  const since = requestedAt(folder)?.toISOString().slice(0, 10);
  return `its request${since === undefined ? '' : ` of ${since}`} waits for the answer`;
}
