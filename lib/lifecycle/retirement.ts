import { DAY } from '../certificates/days';

/** As much of a generation as decides when it comes and goes. */
export interface DatedGeneration {
  readonly certificate: {
    readonly notBefore: Date;
    /** Inclusive. */
    readonly notAfter: Date;
  };
}

/**
 * The superseded generations of a lineage that have served their time at a date, oldest first.
 *
 * Each is measured against the next generation that stays: it leaves once that one has been valid for the overlap, or has
 * become valid and it has expired itself. So the current one never leaves, a valid one leaves only while a later one is valid,
 * and what is left after it would all be left again.
 *
 * @param generations oldest first
 * @param retireAfterDays the overlap, from the first moment of the successor's validity: what is issued here is backdated by an
 * hour, so that it has been published for the overlap less that hour
 */
export function retirable<G extends DatedGeneration>(
  generations: readonly G[],
  retireAfterDays: number,
  at: Date,
): G[] {
  const leaving: G[] = [];
  let successor: G | undefined;
  for (const generation of generations.toReversed()) {
    if (successor !== undefined && mayLeave(generation, successor, retireAfterDays, at)) leaving.unshift(generation);
    else successor = generation;
  }
  return leaving;
}

/**
 * The moment from which the oldest of several generations may leave; undefined where it is the only one.
 *
 * @param generations oldest first
 */
export function oldestRetirableFrom(
  generations: readonly DatedGeneration[],
  retireAfterDays: number,
): Date | undefined {
  const [oldest, successor] = generations;
  if (oldest === undefined || successor === undefined) return undefined;
  const start = successor.certificate.notBefore.getTime();
  const end = Math.max(start, oldest.certificate.notAfter.getTime());
  return new Date(Math.min(end, start + retireAfterDays * DAY));
}

/** Whether a certificate is valid at a date; its first and its last second count. */
export function isValid({ certificate }: DatedGeneration, at: Date): boolean {
  return certificate.notBefore.getTime() <= at.getTime() && at.getTime() <= certificate.notAfter.getTime();
}

function mayLeave(generation: DatedGeneration, successor: DatedGeneration, retireAfterDays: number, at: Date): boolean {
  const successorDays = (at.getTime() - successor.certificate.notBefore.getTime()) / DAY;
  if (successorDays < 0) return false;
  const hasExpired = at.getTime() > generation.certificate.notAfter.getTime();
  return hasExpired || (successorDays >= retireAfterDays && isValid(successor, at));
}
