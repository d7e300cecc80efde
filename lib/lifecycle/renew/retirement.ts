import { DAY } from '../../words/days';

/** As much of a generation as decides when it comes and goes. */
export interface DatedGeneration {
  readonly certificate: {
    readonly notBefore: Date;
    /** Inclusive. */
    readonly notAfter: Date;
  };
  /** When it entered the keystore; unknown in files of earlier times. */
  readonly added?: Date | undefined;
}

/**
 * The superseded generations of a lineage that have served their time at a date, oldest first.
 *
 * Each is measured against the next generation that stays: it leaves once that one has been valid and in the keystore for
 * the overlap, or has become valid and it has expired itself. So the current one never leaves, a valid one leaves only while a later one is valid,
 * and what is left after it would all be left again.
 *
 * @param generations oldest first
 * @param retireAfterDays the overlap, from the later of two moments: the first of the successor's validity, and when it
 * entered the keystore. So a certificate that is old when it is imported gives the whole overlap, and a false date never
 * shortens it below what the certificate says.
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
  const end = Math.max(successor.certificate.notBefore.getTime(), oldest.certificate.notAfter.getTime());
  return new Date(Math.min(end, startOf(successor) + retireAfterDays * DAY));
}

/**
 * One of those that would leave, without which no certificate of the lineage were valid at a moment: the newest; undefined where
 * there is none. The moment is one that is known to have been the present, while the date by which they leave may come from a
 * wrong clock.
 *
 * @param moment undefined where none is known
 */
export function neededAt<G extends DatedGeneration>(
  generations: readonly G[],
  leaving: readonly G[],
  moment: Date | undefined,
): G | undefined {
  if (moment === undefined) return undefined;
  const stays = generations.some((generation) => !leaving.includes(generation) && isValid(generation, moment));
  return stays ? undefined : leaving.findLast((generation) => isValid(generation, moment));
}

/** Whether a certificate is valid at a date; its first and its last second count. */
export function isValid({ certificate }: DatedGeneration, at: Date): boolean {
  return certificate.notBefore.getTime() <= at.getTime() && at.getTime() <= certificate.notAfter.getTime();
}

function mayLeave(generation: DatedGeneration, successor: DatedGeneration, retireAfterDays: number, at: Date): boolean {
  if (at.getTime() < successor.certificate.notBefore.getTime()) return false;
  const hasExpired = at.getTime() > generation.certificate.notAfter.getTime();
  const overlapDays = (at.getTime() - startOf(successor)) / DAY;
  return hasExpired || (overlapDays >= retireAfterDays && isValid(successor, at));
}

/** From when on a generation counts as published and valid. */
function startOf({ added, certificate }: DatedGeneration): number {
  return Math.max(certificate.notBefore.getTime(), added?.getTime() ?? Number.NEGATIVE_INFINITY);
}
