import type { ErrorCode } from '../error-codes';
import type { Finding } from '../findings';

const UNDECLARED: ErrorCode = 'lineage-undeclared';

/**
 * Lineages of the keystore that the configuration does not declare: an organization that has left, or one that was renamed.
 *
 * @param declared names of the lineages of the configuration
 * @param kept names of the lineages of the keystore
 */
export function findUndeclared(declared: readonly string[], kept: readonly string[]): Finding[] {
  const known = new Set(declared);
  return kept
    .filter((lineage) => !known.has(lineage))
    .map((lineage) => ({
      id: UNDECLARED,
      severity: 'advice',
      subject: lineage,
      message: `the keystore holds ${lineage}, which the configuration does not declare: it is neither published nor renewed`,
      cure: 'remove the folder of a lineage that has left from the keystore, or declare it again',
    }));
}
