import type { CertificatePolicy } from '../../config/configuration';
import { type DatedGeneration, retirable } from './retirement';
import { stateOf } from '../status';

/** More published certificates of one lineage would only hide which of them is in use. */
export const MOST_GENERATIONS = 3;

/**
 * `fresh`: nothing is to be done. `due`: a successor is, after those of `leaving` have left to make room for it.
 * `full`: a successor is due, and none of the published generations may leave yet.
 */
export type Renewal<G> =
  { readonly kind: 'fresh' } | { readonly kind: 'full' } | { readonly kind: 'due'; readonly leaving: readonly G[] };

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
 */
export function renewalOf<G extends DatedGeneration>(
  generations: readonly G[],
  policy: Pick<CertificatePolicy, 'renewBeforeDays' | 'retireAfterDays'>,
  at: Date,
): Renewal<G> {
  const current = generations.at(-1);
  if (current === undefined) return { kind: 'fresh' };
  const state = stateOf(current.certificate, policy.renewBeforeDays, at);
  return state === 'renew' || state === 'expired' ? renewalOnDemand(generations, policy, at) : { kind: 'fresh' };
}

/**
 * What a successor takes that a person asks for, due or not: its place among the published generations.
 *
 * @param generations oldest first
 */
export function renewalOnDemand<G extends DatedGeneration>(
  generations: readonly G[],
  policy: Pick<CertificatePolicy, 'retireAfterDays'>,
  at: Date,
): Exclude<Renewal<G>, { readonly kind: 'fresh' }> {
  const tooMany = Math.max(0, generations.length + 1 - MOST_GENERATIONS);
  const leaving = retirable(generations, policy.retireAfterDays, at).slice(0, tooMany);
  return leaving.length < tooMany ? { kind: 'full' } : { kind: 'due', leaving };
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
