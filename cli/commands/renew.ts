import { type Command, InvalidArgumentError } from 'commander';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import type { Generation, Keystore } from '../../lib/keystore/keystore';
import type { PlannedRenewal } from '../../lib/lifecycle/renew/plan-renewals';
import { withWindow } from '../../lib/lifecycle/renew/renewal';
import { shortList } from '../../lib/words/lists';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from '../shell/command-options';
import { keysAtOnce } from '../shell/keys-at-once';
import { doPlannedWork } from '../steps/planned-work';
import type { Runner } from '../shell/runner';
import { type ExitCode, printJson, printLine, printNote, type Terminal } from '../shell/terminal';

interface RenewCommandOptions extends ConfigOption, AtOption {
  readonly all?: boolean;
  readonly within?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The keystore, and how to say what was done to it. */
interface Job {
  readonly keystore: Keystore;
  readonly at: Date;
  readonly json: boolean;
  /** Whether a person asks for successors of exactly these lineages, due or not. */
  readonly onDemand: boolean;
}

export function addRenewCommand(program: Command, runner: Runner): void {
  program
    .command('renew')
    .description(
      'Issue a successor for every certificate that is inside its renewal window, has expired, or is not what vb365.yaml asks for.',
    )
    .argument('[lineages...]', 'lineages to renew now, due or not, and no others, such as contoso/entra-application')
    .addOption(configOption())
    .addOption(atOption())
    .option('--all', 'renew every self-signed lineage now, due or not: for a lost identity')
    .option('--within <days>', 'days before the end that count as due (default: renewBeforeDays)', parseDays)
    .option('--dry-run', 'say what is due, and write nothing')
    .option('--ci', 'taken as with issue, and not needed: renewing is meant for CI')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs no identity: successors are sealed to the recipients that are there.
Without lineages and --all, a second run on the same day changes nothing; with them, each run adds a successor.
The old certificates stay published until "vb365 retire", or until a fourth of a lineage would come.
For a leaked key, "vb365 retire --confirmed <lineage>" takes the old certificate away on the same day.
Exit code 1 when a person has something to do, or a dry run finds something to renew.

Example:
  $ vb365 renew --dry-run --within 45
  $ vb365 renew contoso/entra-application`,
    )
    .action(runner(renew));
}

async function renew(terminal: Terminal, names: readonly string[], options: RenewCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { planRenewals } = await import('../../lib/lifecycle/renew/plan-renewals.js');
  const { findLineages } = await import('../steps/find-lineage.js');
  const { requireRightClock } = await import('../steps/right-clock.js');

  refuseContradictions(names, options);
  const configuration = readConfiguration(configurationFile(options, terminal));
  const declared = names.length > 0 ? findLineages(configuration, names) : lineagesOf(configuration);
  const keystore = new Keystore(configuration.keystore);
  const { within, dryRun, json = false, all = false } = options;
  const at = now(options);
  const onDemand = all || names.length > 0;
  const job: Job = { keystore, at, json, onDemand };
  if (within !== undefined) noteShortened(terminal, declared, within);
  return doPlannedWork(terminal, {
    keystore,
    dryRun,
    json,
    checkClock: (willWrite) => requireRightClock(options, keystore.folder, willWrite),
    plan: () => {
      const isNamed = names.length > 0;
      const { renewals, findings, damage } = planRenewals(declared, keystore, { at, within, onDemand, isNamed });
      return { steps: renewals, findings, damage };
    },
    rehearse: (renewals) => rehearse(terminal, job, renewals),
    carryOut: (renewals) => carryOut(terminal, job, renewals),
    nothing: nothingToRenew(declared.length),
  });
}

/** Says where the window counts as shorter than a person asks for. */
function noteShortened(terminal: Terminal, declared: readonly LineageDeclaration[], within: number): void {
  const windows = declared
    .map(({ policy }) => withWindow(policy, within).renewBeforeDays)
    .filter((days) => days < within);
  if (windows.length === 0) return;
  const days = [...new Set(windows)].sort((one, other) => one - other);
  const where = windows.length === declared.length ? '' : ` for ${windows.length} of ${declared.length} lineages`;
  const why = 'a window as long as the validity would make each new certificate due at once';
  printNote(terminal, `note: --within ${within} counts as ${shortList(days.map(String), 4)}${where}: ${why}`);
}

async function carryOut(
  terminal: Terminal,
  { keystore, at, json, onDemand }: Job,
  renewals: readonly PlannedRenewal[],
): Promise<void> {
  const { readRecipients } = await import('../../lib/keystore/sealing/recipients.js');
  const { Sealer } = await import('../../lib/keystore/sealing/sealing.js');
  const { renewAll } = await import('../../lib/lifecycle/renew/renew-all.js');
  const { sayingAtEnd } = await import('../shell/interrupted.js');
  const { startProgress } = await import('../shell/progress.js');
  const { tellNewRecipients } = await import('../steps/new-recipients.js');
  const { RenewalAccount } = await import('../tables/renewal-account.js');

  const lineages = renewals.map(({ declaration }) => declaration.name);
  tellNewRecipients(terminal, keystore, lineages);
  const sealer = await Sealer.create(await readRecipients(keystore.recipientsFile));
  const progress = startProgress(terminal, 'renewing', renewals.length);
  const account = new RenewalAccount(terminal, json, { lineages, onDemand, keystore: keystore.folder });
  const say = (): void => {
    progress.stop();
    account.say();
  };
  const onIssued = (generation: Generation): void => {
    account.renewed.push(generation);
    progress.advance();
  };
  const onRetired = (generation: Generation): void => {
    account.retired.push(generation);
  };
  const concurrency = keysAtOnce();
  // After a failure, too: what was renewed stays.
  try {
    await sayingAtEnd(say, () => renewAll(renewals, { keystore, sealer, at, concurrency, onIssued, onRetired }));
  } catch (error) {
    throw account.isToBeNamed && error instanceof Vb365Error ? withoutRepeating(error) : error;
  }
}

/** Most cures end with running the same command again, which would renew everything once more. */
function withoutRepeating({ code, subject, message, cure, findings, cause }: Vb365Error): Vb365Error {
  const goOn = cure.replace(/run (?:the command|this one) again/, 'go on as the note says');
  return new Vb365Error(code, { message, cure: goOn, findings, cause, ...(subject !== undefined && { subject }) });
}

/** Says what would be done; a row of `--json` has null where only the certificate could tell. */
async function rehearse(
  terminal: Terminal,
  { keystore, json }: Job,
  renewals: readonly PlannedRenewal[],
): Promise<void> {
  const { readRecipients } = await import('../../lib/keystore/sealing/recipients.js');
  const { tellNewRecipients } = await import('../steps/new-recipients.js');
  if (renewals.length > 0) await readRecipients(keystore.recipientsFile);
  const lineages = renewals.map(({ declaration }) => declaration.name);
  tellNewRecipients(terminal, keystore, lineages);
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

/** @throws Vb365Error `usage` where two of the ways to choose lineages are given */
function refuseContradictions(names: readonly string[], { all, within }: RenewCommandOptions): void {
  const given = [
    ...(names.length > 0 ? ['lineages'] : []),
    ...(all === true ? ['--all'] : []),
    ...(within === undefined ? [] : ['--within']),
  ];
  if (given.length < 2) return;
  throw new Vb365Error('usage', {
    message: `${given.join(' and ')} are given together, and each says on its own what is renewed`,
    cure: 'give one of them',
  });
}

function parseDays(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Give whole days from 1 to 9999, such as 45.');
  return Number(text);
}
