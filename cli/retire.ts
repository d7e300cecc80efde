import type { Command } from 'commander';
import type { PlannedRetirement, RetirementPlan } from '../lib/lifecycle/retire-all';
import type { Keystore } from '../lib/keystore/keystore';
import {
  atOption,
  type AtOption,
  collect,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from './command-options';
import { generationRow } from './generation-row';
import { pathFrom } from './printable';
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

interface RetireCommandOptions extends ConfigOption, AtOption {
  readonly confirmed?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The keystore, and how to look at it: once without the lock, and once more with it. */
interface Job {
  readonly keystore: Keystore;
  readonly json: boolean;
  readonly plan: () => RetirementPlan;
}

export function addRetireCommand(program: Command, runner: Runner): void {
  program
    .command('retire')
    .description('Remove superseded certificates whose overlap is over, and those that have expired.')
    .addOption(configOption())
    .addOption(atOption())
    .option('--dry-run', 'say what would be removed, and write nothing')
    .option(
      '--confirmed <lineage>',
      'remove all superseded certificates of this lineage at once, and look at no other: everything is known to use the current one; may be repeated',
      collect,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The current certificate always stays, and so does one whose successor is not valid yet.
The overlap of retireAfterDays counts from the first moment of the successor's validity.
Exit code 1 when a lineage cannot be read, or a dry run finds something to remove.

Example:
  $ vb365 retire --dry-run --at 2027-06-01`,
    )
    .action(runner(retire));
}

async function retire(terminal: Terminal, options: RetireCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../lib/config/lineages.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { planRetirements } = await import('../lib/lifecycle/retire-all.js');
  const { findLineage } = await import('./find-lineage.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const { confirmed } = options;
  const lineages =
    confirmed === undefined
      ? lineagesOf(configuration)
      : [...new Set(confirmed)].map((name) => findLineage(configuration, name));
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  const plan = (): RetirementPlan => planRetirements(lineages, keystore, { at, confirmed: confirmed !== undefined });
  const job: Job = { keystore, json: options.json === true, plan };

  const { retirements, findings } = plan();
  const isRehearsal = options.dryRun === true || retirements.length === 0;
  if (isRehearsal) say(terminal, job, 'would retire', retirements);
  const left = isRehearsal ? findings : await retireUnderLock(terminal, job);
  if (isRehearsal && retirements.length === 0 && !job.json) {
    printResult(terminal, 'Nothing to retire: no superseded certificate has served its time.');
  }
  printFindings(terminal, left);
  return left.length > 0 || (isRehearsal && retirements.length > 0) ? 1 : 0;
}

/** @returns what is left to a person */
async function retireUnderLock(terminal: Terminal, job: Job): Promise<RetirementPlan['findings']> {
  const { withKeystoreLock } = await import('../lib/keystore/lock.js');
  const { retireAll } = await import('../lib/lifecycle/retire-all.js');

  const { keystore, json, plan } = job;
  const retired: PlannedRetirement[] = [];
  const work = (): RetirementPlan => {
    // Another process may have retired some while this one waited for the lock.
    const current = plan();
    try {
      retireAll(current.retirements, keystore, (retirement) => retired.push(retirement));
    } finally {
      // After a failure, too: what was removed is gone.
      say(terminal, job, 'retired', retired);
    }
    return current;
  };
  const { findings } = await withKeystoreLock(keystore.folder, work, {
    onWait: () => {
      printNote(terminal, WAITING);
    },
  });
  const shown = pathFrom(terminal.cwd(), keystore.folder);
  if (retired.length > 0 && !json) printResult(terminal, `Commit the folder ${shown} to Git, and deploy it.`);
  return findings;
}

function say(terminal: Terminal, { json }: Job, verb: string, retirements: readonly PlannedRetirement[]): void {
  if (json) {
    const rows = retirements.map(({ generation, current }) => ({
      ...generationRow(generation),
      current: current.label,
    }));
    printJson(terminal, rows);
    return;
  }
  for (const { generation } of retirements) printLine(terminal, `${verb} ${generation.lineage} ${generation.label}`);
}
