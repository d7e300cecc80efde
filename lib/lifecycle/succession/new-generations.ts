import type { Generation, Keystore } from '../../keystore/keystore';

/** A generation that a change brings. */
export interface AddedGeneration {
  /** As it stands in the keystore that is judged. */
  readonly generation: Generation;
  /** The one before it; undefined where the lineage begins with it. */
  readonly predecessor: Generation | undefined;
  /** What the base has under the same number: another certificate, in whose place it stands. */
  readonly replaced: Generation | undefined;
  /** The newest of the base, where that has a higher number: then it is no successor. */
  readonly overtakenBy: Generation | undefined;
}

/**
 * Generations of a lineage that the base does not have, oldest first. A pure function.
 *
 * Numbers alone say nothing: the certificate under one may be another. The predecessor is looked for in both: a change cannot
 * choose it by taking generations of the base away.
 *
 * @param base the generations of the lineage in the base; empty where it does not have the lineage
 * @param head those that are judged
 */
export function newGenerations(base: readonly Generation[], head: readonly Generation[]): AddedGeneration[] {
  const known = new Map(base.map((generation) => [generation.number, generation]));
  const added = head.filter(({ certificate, number }) => known.get(number)?.certificate.equals(certificate) !== true);
  const all = [...base, ...added].sort((one, other) => one.number - other.number);
  return added.map((generation) => ({
    generation,
    predecessor: all.findLast(({ number }) => number < generation.number),
    replaced: known.get(generation.number),
    overtakenBy: base.findLast(({ number }) => number > generation.number),
  }));
}

/**
 * Generations of every lineage of a keystore that another one does not have, as far as both can be read: what cannot be read
 * of the base counts as new.
 *
 * @param base undefined where there is none, so that all is new
 * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`
 */
export function newGenerationsOf(base: Keystore | undefined, head: Keystore): AddedGeneration[] {
  return head
    .lineages()
    .flatMap((lineage) => newGenerations(base?.readable([lineage]) ?? [], head.readable([lineage])));
}
