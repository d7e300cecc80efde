import type { LineageDeclaration } from '../../config/lineages';
import type { ErrorCode } from '../../error-codes';
import type { Finding } from '../../findings';
import { formatInstant } from '../../words/instant';
import type { Generation } from '../../keystore/keystore';
import { MOST_GENERATIONS } from './renewal';
import { oldestRetirableFrom } from './retirement';

/** What would add a generation: a renewal that is due, one that a person asks for, or an import. */
export type Addition = 'renewal' | 'renewal-on-demand' | 'import';

/**
 * Says until when a lineage takes no successor, because none of its published generations may leave.
 *
 * Where imports have made it more than three, those before the last three have to leave too.
 *
 * @param generations oldest first
 */
export function fullLineage(
  { name, policy }: Pick<LineageDeclaration, 'name' | 'policy'>,
  generations: readonly Generation[],
  addition: Addition,
): Finding {
  const id: ErrorCode = 'lineage-full';
  const last = generations.slice(-MOST_GENERATIONS);
  const from = oldestRetirableFrom(last, policy.retireAfterDays);
  const overlap = `that of ${last[0]?.label ?? ''} ends ${from === undefined ? 'later' : `at ${formatInstant(from)}`}`;
  const retiring = `"vb365 retire --confirmed ${name}"`;
  // The current key may be the leaked one: making room takes the others away, and leaves it.
  const forLeakedKey =
    addition === 'renewal'
      ? ''
      : `; for a leaked key do so at once, and run ${retiring} again once the successor is in use: until then the leaked key may still be accepted`;
  return {
    id,
    severity: 'warning',
    subject: name,
    message: `${name} ${addition === 'renewal' ? 'is due, and has' : 'has'} ${generations.length} published generations inside their overlap, of which ${overlap}: it gets no successor this time`,
    cure: `run ${commandOf(addition, name)} again after that, or after ${retiring} once generation ${last.at(-1)?.label ?? ''} is in use everywhere${forLeakedKey}`,
  };
}

function commandOf(addition: Addition, lineage: string): string {
  if (addition === 'import') return `"vb365 import ${lineage} <file>"`;
  return addition === 'renewal' ? '"vb365 renew"' : `"vb365 renew ${lineage}"`;
}
