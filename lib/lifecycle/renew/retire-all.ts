import { setImmediate } from 'node:timers/promises';
import type { LineageDeclaration } from '../../config/lineages';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import { formatInstant } from '../../words/instant';
import type { Generation, Keystore } from '../../keystore/keystore';
import { newestAdded } from '../../keystore/newest-added';
import { isFinding, readWholeLineage } from '../read-whole-lineage';
import { heldBack } from './held-back';
import { isValid, neededAt, retirable } from './retirement';
import { damageOf, isCuredBy } from '../damage';

/** The date to plan for, and whether the overlap still counts. */
export interface PlanRetirementsOptions {
  /** Now. */
  readonly at: Date;
  /** Whether everything that uses the certificates is known to use the current ones, so that no overlap is needed. */
  readonly confirmed: boolean;
}

/** A superseded generation that leaves. */
export interface PlannedRetirement {
  /** Its certificate and its sealed key are both removed. */
  readonly generation: Generation;
  /** The current generation of its lineage. */
  readonly current: Generation;
}

/** What `vb365 retire` does, and what it leaves to a person. */
export interface RetirementPlan {
  /** In the order of the declarations, the oldest generation of each first. */
  readonly retirements: readonly PlannedRetirement[];
  /** Certificates that are held back, because the clock may be wrong. */
  readonly findings: readonly Finding[];
  /** What is wrong with lineages that are left alone until it is mended. */
  readonly damage: readonly Finding[];
}

/**
 * Looks at each lineage once, and decides what a run at a date does; nothing is changed. A damaged lineage is
 * left alone, unless retiring is its cure.
 *
 * @throws Vb365Error `current-not-valid` where the lineages are confirmed, and the current certificate of one is not valid
 */
export function planRetirements(
  declarations: readonly LineageDeclaration[],
  keystore: Keystore,
  { at, confirmed }: PlanRetirementsOptions,
): RetirementPlan {
  const retirements: PlannedRetirement[] = [];
  const findings: Finding[] = [];
  const damage: Finding[] = [];
  const newest = newestAdded(keystore.folder, at);
  for (const { name, policy } of declarations) {
    const wrong = damageOf({ name, policy }, keystore);
    const generations = readWholeLineage(keystore, name);
    if (!isCuredBy('vb365 retire', wrong)) {
      damage.push(...wrong);
      continue;
    }
    if (isFinding(generations)) {
      damage.push(generations);
      continue;
    }
    const current = generations.at(-1);
    if (current === undefined) continue;
    if (confirmed && !isValid(current, at)) throw currentNotValid(current, at);
    const leaving = confirmed ? generations.slice(0, -1) : retirable(generations, policy.retireAfterDays, at);
    const needed = neededAt(generations, leaving, newest?.added);
    if (newest !== undefined && needed !== undefined) findings.push(heldBack(needed, newest, at));
    retirements.push(
      ...leaving.filter((generation) => generation !== needed).map((generation) => ({ generation, current })),
    );
  }
  return { retirements, findings, damage };
}

/**
 * Carries out what `planRetirements` has decided. The caller holds the lock of the keystore since before the plan was made.
 *
 * @param onRetired told after each has left: the only account of them before a failure
 * @throws Vb365Error what `Keystore.remove` throws
 */
export async function retireAll(
  retirements: readonly PlannedRetirement[],
  keystore: Keystore,
  onRetired: (retirement: PlannedRetirement) => void,
): Promise<void> {
  for (const retirement of retirements) {
    keystore.remove(retirement.generation.lineage, retirement.generation.number);
    onRetired(retirement);
    // The lock is kept fresh in between, and signals arrive.
    await setImmediate();
  }
}

function currentNotValid({ lineage, label, certificate }: Generation, at: Date): Vb365Error {
  const { notBefore, notAfter } = certificate;
  return new Vb365Error('current-not-valid', {
    subject: lineage,
    message: `the current certificate of ${lineage}, ${label}, is valid from ${formatInstant(notBefore)} to ${formatInstant(notAfter)}, and not at ${formatInstant(at)}: nothing is retired`,
    cure: `run "vb365 renew ${lineage}" or import its successor first, and "vb365 retire --confirmed ${lineage}" once that is in use`,
  });
}
