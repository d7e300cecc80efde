import type { CertificatePolicy } from '../../config/configuration';
import { type DatedGeneration, neededAt, retirable } from './retirement';
import { stateOf } from '../states';

/** More published certificates of one lineage would only hide which of them is in use. */
export const MOST_GENERATIONS = 3;

/**
 * `fresh`: nothing is to be done. `due`: a successor is, after those of `leaving` have left to make room for it.
 * `full`: a successor is due, and none of the published generations may leave yet; `needed` is one that could, if no clock were
 * ever wrong.
 */
export type Renewal<G> =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'full'; readonly needed: G | undefined }
  | { readonly kind: 'due'; readonly leaving: readonly G[] };

/**
 * Whether a lineage gets a successor at a date: where its current certificate is inside the renewal window, or has expired.
 *
 * A certificate that is not valid yet counts as fresh: a clock that runs behind shall not replace it. A lineage without any
 * certificate is missing, and not to be renewed.
 *
 * A full lineage is not in danger: as `retireAfterDays` is at most `validityDays`, its oldest generation may leave
 * `renewBeforeDays` after the current one was issued at the latest, which is a day or more before that one ends.
 *
 * @param generations oldest first
 * @param present a moment that is known to have been the present: one of the certificates that are valid then stays
 */
export function renewalOf<G extends DatedGeneration>(
  generations: readonly G[],
  policy: Pick<CertificatePolicy, 'renewBeforeDays' | 'retireAfterDays'>,
  at: Date,
  present?: Date,
): Renewal<G> {
  const current = generations.at(-1);
  if (current === undefined) return { kind: 'fresh' };
  const state = stateOf(current.certificate, policy.renewBeforeDays, at);
  return state === 'renew' || state === 'expired'
    ? renewalOnDemand(generations, policy, at, present)
    : { kind: 'fresh' };
}

/**
 * What a successor takes that a person asks for, due or not: its place among the published generations.
 *
 * @param generations oldest first
 * @param present as for `renewalOf`
 */
export function renewalOnDemand<G extends DatedGeneration>(
  generations: readonly G[],
  policy: Pick<CertificatePolicy, 'retireAfterDays'>,
  at: Date,
  present?: Date,
): Exclude<Renewal<G>, { readonly kind: 'fresh' }> {
  const tooMany = Math.max(0, generations.length + 1 - MOST_GENERATIONS);
  const leaving: G[] = [];
  let needed: G | undefined;
  for (const generation of spare(generations, policy.retireAfterDays, at)) {
    if (leaving.length === tooMany) break;
    const held = neededAt(generations, [...leaving, generation], present);
    if (held === undefined) leaving.push(generation);
    else needed = held;
  }
  return leaving.length < tooMany ? { kind: 'full', needed } : { kind: 'due', leaving };
}

/**
 * What may make room: what has served its time, and then what is superseded before it is valid, as a wrong clock leaves it:
 * nothing uses it, and its successor could wait for years.
 */
function spare<G extends DatedGeneration>(generations: readonly G[], retireAfterDays: number, at: Date): G[] {
  const served = retirable(generations, retireAfterDays, at);
  const premature = generations.slice(0, -1).filter(({ certificate }) => at < certificate.notBefore);
  return [...served, ...premature.filter((generation) => !served.includes(generation))];
}

/**
 * The policy with another renewal window. A window as long as the validity would make each new certificate due at once; so it
 * ends a day before, and a second run on the same day finds nothing to do.
 *
 * @param within days before the end of the validity; undefined leaves the policy as it is
 */
export function withWindow<P extends Pick<CertificatePolicy, 'renewBeforeDays' | 'validityDays'>>(
  policy: P,
  within: number | undefined,
): P {
  return within === undefined ? policy : { ...policy, renewBeforeDays: Math.min(within, policy.validityDays - 1) };
}
