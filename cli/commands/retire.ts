import type { Command } from 'commander';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import type { PlannedRetirement } from '../../lib/lifecycle/renew/retire-all';
import type { Keystore } from '../../lib/keystore/keystore';
import {
  atOption,
  type AtOption,
  collect,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from '../shell/command-options';
import { shortList } from '../../lib/words/lists';
import { generationRow } from '../tables/generation-row';
import { doPlannedWork } from '../steps/planned-work';
import type { Runner } from '../shell/runner';
import { type ExitCode, printJson, printLine, type Terminal } from '../shell/terminal';

interface RetireCommandOptions extends ConfigOption, AtOption {
  readonly confirmed?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addRetireCommand(program: Command, runner: Runner): void {
  program
    .command('retire')
    .description('Remove superseded certificates whose overlap is over, and those that have expired.')
    .argument('[lineages...]', 'lineages to look at, and no others, such as contoso/entra-application')
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
The overlap of retireAfterDays counts from when the successor entered the keystore, and not before it is valid.
Exit code 1 when a dry run finds something to remove, 2 when a lineage is damaged, which is left alone.

Example:
  $ vb365 retire --dry-run --at 2027-06-01
  $ vb365 retire contoso/entra-application`,
    )
    .action(runner(retire));
}

async function retire(terminal: Terminal, names: readonly string[], options: RetireCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { planRetirements } = await import('../../lib/lifecycle/renew/retire-all.js');
  const { findLineages } = await import('../steps/find-lineage.js');
  const { requireRightClock } = await import('../steps/right-clock.js');

  const { confirmed, dryRun, json = false } = options;
  if (names.length > 0 && confirmed !== undefined) throw bothGiven(names);
  const configuration = readConfiguration(configurationFile(options, terminal));
  const named = confirmed ?? names;
  const lineages = named.length === 0 ? lineagesOf(configuration) : findLineages(configuration, named);
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  return doPlannedWork(terminal, {
    keystore,
    dryRun,
    json,
    checkClock: (willWrite) => requireRightClock(options, keystore.folder, willWrite),
    plan: () => {
      const plan = planRetirements(lineages, keystore, { at, confirmed: confirmed !== undefined });
      return { steps: plan.retirements, findings: plan.findings, damage: plan.damage };
    },
    rehearse: (retirements) => {
      say(terminal, json, 'would retire', retirements);
    },
    carryOut: (retirements) => carryOut(terminal, { keystore, json }, retirements),
    nothing: `Nothing to retire: ${confirmed === undefined ? noneServed(names) : noneSuperseded(lineages)}.`,
  });
}

/** They say different things of the overlap. */
function bothGiven(names: readonly string[]): Vb365Error {
  return new Vb365Error('usage', {
    message: 'lineages are given together with --confirmed, which names those whose overlap no longer counts',
    cure: `run "vb365 retire ${names.join(' ')}" for what has served its time, or name all of them by --confirmed`,
  });
}

function noneServed(names: readonly string[]): string {
  return `no superseded certificate${names.length === 0 ? '' : ` of ${shortList(names, MOST_NAMED)}`} has served its time`;
}

/** More names would hide what is said of them. */
const MOST_NAMED = 4;

function noneSuperseded(lineages: readonly LineageDeclaration[]): string {
  const names = lineages.map(({ name }) => name);
  if (names.length > 2) return `none of ${names.length} lineages has a superseded certificate`;
  return `${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'} no superseded certificate`;
}

async function carryOut(
  terminal: Terminal,
  { keystore, json }: { readonly keystore: Keystore; readonly json: boolean },
  retirements: readonly PlannedRetirement[],
): Promise<void> {
  const { retireAll } = await import('../../lib/lifecycle/renew/retire-all.js');
  const { sayingAtEnd } = await import('../shell/interrupted.js');

  const retired: PlannedRetirement[] = [];
  const work = (): Promise<void> => retireAll(retirements, keystore, (retirement) => retired.push(retirement));
  // After a failure, too: what was removed is gone.
  await sayingAtEnd(() => {
    say(terminal, json, 'retired', retired);
  }, work);
}

function say(terminal: Terminal, json: boolean, verb: string, retirements: readonly PlannedRetirement[]): void {
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
