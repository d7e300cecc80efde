import type { Finding } from '../../lib/findings';
import type { Keystore } from '../../lib/keystore/keystore';
import { pathFrom } from '../../lib/words/printable';
import { type ExitCode, printFindings, printResult, type Terminal } from '../shell/terminal';
import { underLock } from '../shell/under-lock';

/** What a command would do to the keystore, and what it leaves to a person. */
export interface Plan<Step> {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  /** What is wrong with lineages that are left alone. */
  readonly damage: readonly Finding[];
}

/** A command that decides by looking at the keystore, and then changes it. */
export interface PlannedWork<Step> {
  readonly keystore: Keystore;
  readonly dryRun?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** Stops the work where the clock is wrong: before anything is planned, and once more where something will be written. */
  readonly checkClock: (willWrite: boolean) => Promise<void>;
  /** Looks at the keystore: once without the lock, and once more with it. */
  readonly plan: () => Plan<Step>;
  /** Says what would be done; with `--json` also that nothing would. */
  readonly rehearse: (steps: readonly Step[]) => Promise<void> | void;
  /** Does it, under the lock of the keystore, and says what it has done, after a failure too. */
  readonly carryOut: (steps: readonly Step[]) => Promise<void>;
  /** Said where there is nothing to do. */
  readonly nothing: string;
}

/**
 * Carries the work out, or rehearses it. Where there is nothing to do, the lock is not taken and nothing is written.
 *
 * @returns 2 where a lineage is damaged; 1 where something is left to a person, or a dry run finds something to do
 */
export async function doPlannedWork<Step>(terminal: Terminal, work: PlannedWork<Step>): Promise<ExitCode> {
  const { dryRun = false, json = false } = work;
  await work.checkClock(false);
  const first = work.plan();
  if (first.steps.length > 0) await work.checkClock(true);
  const isRehearsal = dryRun || first.steps.length === 0;
  if (isRehearsal) await work.rehearse(first.steps);
  const { steps, findings, damage } = isRehearsal ? first : await carryOutUnderLock(terminal, work);
  if (!json && steps.length + findings.length + damage.length === 0) printResult(terminal, work.nothing);
  if (!json && !isRehearsal && steps.length > 0) {
    printResult(terminal, `Commit the folder ${pathFrom(terminal.cwd(), work.keystore.folder)} to Git, and deploy it.`);
  }
  printFindings(terminal, [...damage, ...findings]);
  if (damage.length > 0) return 2;
  return findings.length > 0 || (isRehearsal && steps.length > 0) ? 1 : 0;
}

async function carryOutUnderLock<Step>(terminal: Terminal, work: PlannedWork<Step>): Promise<Plan<Step>> {
  return underLock(terminal, work.keystore, async () => {
    // Another process may have done some of it while this one waited for the lock.
    const plan = work.plan();
    await work.carryOut(plan.steps);
    return plan;
  });
}
