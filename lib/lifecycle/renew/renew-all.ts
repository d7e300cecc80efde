import { setImmediate } from 'node:timers/promises';
import type { Generation } from '../../keystore/keystore';
import { issueAll, type IssueAllOptions } from '../issue/issue-missing';
import type { PlannedRenewal } from './plan-renewals';

/** As for issuing, and whom to tell of what leaves. */
export interface RenewAllOptions extends IssueAllOptions {
  /** Told of each superseded generation that has left to make room. */
  readonly onRetired?: (generation: Generation) => void;
}

/**
 * Carries out what `planRenewals` has decided: first what has to leave, then the successors, several at once. The caller
 * holds the lock of the keystore since before the plan was made.
 *
 * The first failure stops the rest; what has been added stays, whole, and only superseded generations past their overlap
 * are gone.
 *
 * @throws Vb365Error what `Keystore.remove` and `issueAll` throw
 */
export async function renewAll(renewals: readonly PlannedRenewal[], options: RenewAllOptions): Promise<Generation[]> {
  for (const generation of renewals.flatMap(({ leaving }) => leaving)) {
    options.keystore.remove(generation.lineage, generation.number);
    options.onRetired?.(generation);
    // The lock is kept fresh in between, and signals arrive.
    await setImmediate();
  }
  return issueAll(
    renewals.map(({ declaration }) => declaration),
    options,
  );
}
