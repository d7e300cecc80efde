import { type Command, InvalidArgumentError } from 'commander';
import type { Generation, Keystore } from '../lib/keystore/keystore';
import type { PlannedRenewal, RenewalPlan } from '../lib/lifecycle/plan-renewals';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from './command-options';
import { pathFrom } from './printable';
import { keysAtOnce } from './keys-at-once';
import type { Runner } from './runner';
import {
  type ExitCode,
  printFindings,
  printJson,
  printLine,
  printNote,
  printResult,
  type Terminal,
  WAITING,
} from './terminal';

interface RenewCommandOptions extends ConfigOption, AtOption {
  readonly within?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The keystore, and how to look at it: once without the lock, and once more with it. */
interface Job {
  readonly keystore: Keystore;
  readonly at: Date;
  readonly json: boolean;
  readonly plan: () => RenewalPlan;
}

export function addRenewCommand(program: Command, runner: Runner): void {
  program
    .command('renew')
    .description('Issue a successor for every certificate that is inside its renewal window or has expired.')
    .addOption(configOption())
    .addOption(atOption())
    .option('--within <days>', 'days before the end that count as due (default: renewBeforeDays)', parseDays)
    .option('--dry-run', 'say what is due, and write nothing')
    .option('--ci', 'taken as with issue, and not needed: renewing is meant for CI')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs no identity: successors are sealed to the recipients that are there. A second run on the same day changes nothing.
The old certificates stay published until "vb365 retire", or until a fourth of a lineage would come.
Exit code 1 when a person has something to do, or a dry run finds something due.

Example:
  $ vb365 renew --dry-run --within 45`,
    )
    .action(runner(renew));
}

async function renew(terminal: Terminal, options: RenewCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../lib/config/lineages.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { planRenewals } = await import('../lib/lifecycle/plan-renewals.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const declared = lineagesOf(configuration);
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  const plan = (): RenewalPlan => planRenewals(declared, keystore, { at, within: options.within });
  const job: Job = { keystore, at, json: options.json === true, plan };

  const { renewals, findings } = plan();
  const isRehearsal = options.dryRun === true || renewals.length === 0;
  const left = isRehearsal ? findings : await renewUnderLock(terminal, job);
  if (isRehearsal) await rehearse(terminal, job, renewals);
  if (renewals.length + left.length === 0 && !job.json) printResult(terminal, nothingToRenew(declared.length));
  printFindings(terminal, left);
  return left.length > 0 || (isRehearsal && renewals.length > 0) ? 1 : 0;
}

/** @returns what is left to a person */
async function renewUnderLock(terminal: Terminal, { keystore, at, json, plan }: Job): Promise<RenewalPlan['findings']> {
  const { withKeystoreLock } = await import('../lib/keystore/lock.js');
  const { readRecipients } = await import('../lib/keystore/recipients.js');
  const { Sealer } = await import('../lib/keystore/sealing.js');
  const { renewAll } = await import('../lib/lifecycle/renew-all.js');
  const { sayingIfInterrupted } = await import('./interrupted.js');
  const { startProgress } = await import('./progress.js');
  const { RenewalAccount } = await import('./renewal-account.js');

  const sealer = await Sealer.create(await readRecipients(keystore.recipientsFile));
  const work = async (): Promise<RenewalPlan> => {
    // Another process may have renewed some while this one waited for the lock.
    const current = plan();
    const { renewals } = current;
    const progress = startProgress(terminal, 'renewing', renewals.length);
    const account = new RenewalAccount(terminal, json);
    const onIssued = (generation: Generation): void => {
      account.renewed.push(generation);
      progress.advance();
    };
    const onRetired = (generation: Generation): void => {
      account.retired.push(generation);
    };
    const say = (): void => {
      progress.stop();
      account.say();
    };
    const concurrency = keysAtOnce();
    try {
      await sayingIfInterrupted(say, () =>
        renewAll(renewals, { keystore, sealer, at, concurrency, onIssued, onRetired }),
      );
    } finally {
      // After a failure, too: what was renewed stays.
      say();
    }
    return current;
  };
  const { renewals, findings } = await withKeystoreLock(keystore.folder, work, {
    onWait: () => {
      printNote(terminal, WAITING);
    },
  });
  const shown = pathFrom(terminal.cwd(), keystore.folder);
  if (renewals.length > 0 && !json) printResult(terminal, `Commit the folder ${shown} to Git, and deploy it.`);
  return findings;
}

/** Says what would be done; a row of `--json` has null where only the certificate could tell. */
async function rehearse(
  terminal: Terminal,
  { keystore, json }: Job,
  renewals: readonly PlannedRenewal[],
): Promise<void> {
  const { readRecipients } = await import('../lib/keystore/recipients.js');
  if (renewals.length > 0) await readRecipients(keystore.recipientsFile);
  if (json) {
    const nothing = { thumbprint: null, notBefore: null, notAfter: null };
    const rows = renewals.map(({ declaration, label, leaving }) => ({
      ...{ lineage: declaration.name, generation: label, ...nothing },
      retired: leaving.map((generation) => generation.label),
    }));
    printJson(terminal, rows);
    return;
  }
  for (const { declaration, label, leaving } of renewals) {
    for (const old of leaving) printLine(terminal, `would retire ${old.lineage} ${old.label}`);
    printLine(terminal, `would renew ${declaration.name} ${label}`);
  }
}

function nothingToRenew(count: number): string {
  const reason = count === 0 ? 'no certificate is asked for' : `none of ${count} certificates is due`;
  return `Nothing to renew: ${reason}.`;
}

function parseDays(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Give whole days from 1 to 9999, such as 45.');
  return Number(text);
}
