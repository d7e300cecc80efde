import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Configuration } from '../../lib/config/configuration';
import { Vb365Error } from '../../lib/errors';
import type { LineageJudgement } from '../../lib/lifecycle/judgement';
import type { StatusRow } from '../../lib/lifecycle/status';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  jsonOption,
  now,
} from '../shell/command-options';
import { pathFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { noteSample } from '../steps/note-sample';
import {
  type ExitCode,
  printFindings,
  printJson,
  printLine,
  printNote,
  type Terminal,
  tableStyleOf,
} from '../shell/terminal';

interface StatusCommandOptions extends ConfigOption, AtOption {
  readonly scenarios?: boolean;
  readonly ics?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Instead of a file. */
const STANDARD_OUTPUT = '-';

export function addStatusCommand(program: Command, runner: Runner): void {
  program
    .command('status')
    .description('Show every lineage: its certificates, the days left, and what needs attention.')
    .addOption(configOption())
    .addOption(atOption())
    .option('--scenarios', "show the eight usage scenarios of Veeam's documentation instead, and what covers each")
    .addOption(
      fileOption(
        '--ics <file>',
        'write the dates as a calendar, too, which people can subscribe to; - prints it instead',
      ),
    )
    .option('--force', 'write the calendar over a file that is none of ours')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What needs attention comes first. The state "unfit" is that of a certificate which is valid, and not what vb365.yaml asks for: names, key or role; "vb365 renew" replaces it. "damaged" is a lineage whose files are not whole.
Exit code 1 when a certificate is missing, damaged, expired, not yet valid, unfit or to be renewed.

With --scenarios, when a scenario that is used is not covered, or in the renewal window. Veeam Data Cloud has none.
The calendar does not depend on the day on which it is made. It is written over its predecessor, and over nothing else.

Example:
  $ vb365 status --at 2027-06-01
  $ vb365 status --ics renewals.ics`,
    )
    .action(runner(status));
}

async function status(terminal: Terminal, options: StatusCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { hasErrors } = await import('../../lib/findings.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { judgeUnsealedRecipients } = await import('../../lib/keystore/sealing/unsealed-recipients.js');
  const { judgeAll } = await import('../../lib/lifecycle/judge-all.js');
  const { needsAttention } = await import('../../lib/lifecycle/states.js');
  const { statusRows } = await import('../../lib/lifecycle/status.js');
  const { findLeftBehind } = await import('../shell/left-behind.js');

  refuseContradictions(options);
  const configuration = readConfiguration(configurationFile(options, terminal));
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  const judged = judgeAll(lineagesOf(configuration), keystore, at);
  const recipients = judgeUnsealedRecipients(keystore.folder, keystore.lineages());
  const leftBehind = findLeftBehind([dirname(configuration.file), configuration.keystore, terminal.cwd()]);
  const findings = [...judged.findings, ...recipients, ...leftBehind];
  const rows = judged.lineages.flatMap((lineage) => statusRows(lineage, at));

  printFindings(terminal, findings);
  if (options.ics !== undefined) await writeCalendar(terminal, options, configuration, judged.lineages);
  const isTroubled =
    options.ics === STANDARD_OUTPUT
      ? rows.some(needsAttention)
      : options.scenarios === true
        ? await printScenarios(terminal, options, configuration, rows)
        : await printRows(terminal, options, rows);
  noteSample(terminal, configuration);
  return isTroubled || hasErrors(findings) ? 1 : 0;
}

/** @returns whether something needs attention */
async function printRows(
  terminal: Terminal,
  { json }: StatusCommandOptions,
  rows: readonly StatusRow[],
): Promise<boolean> {
  const { needsAttention } = await import('../../lib/lifecycle/states.js');
  if (json === true) {
    printJson(terminal, rows);
  } else if (rows.length === 0) {
    printNote(terminal, 'The configuration asks for no certificate.');
  } else {
    const { statusSummary, statusTable } = await import('../tables/status-table.js');
    printLine(terminal, statusTable(rows, tableStyleOf(terminal)));
    printNote(terminal, statusSummary(rows));
  }
  return rows.some(needsAttention);
}

/** @returns whether something needs attention */
async function printScenarios(
  terminal: Terminal,
  options: StatusCommandOptions,
  configuration: Configuration,
  rows: readonly StatusRow[],
): Promise<boolean> {
  const { scenariosOf, troubledCertificates } = await import('../../lib/lifecycle/scenarios.js');
  const scenarios = scenariosOf(configuration, rows, now(options));
  if (options.json === true) {
    printJson(terminal, scenarios);
  } else if (scenarios.length === 0) {
    printNote(terminal, 'The configuration declares no installation, and so no usage scenario.');
  } else {
    const { scenarioSummary, scenarioTable } = await import('../tables/scenario-table.js');
    printLine(terminal, scenarioTable(scenarios, tableStyleOf(terminal)));
    printNote(terminal, scenarioSummary(scenarios));
  }
  return scenarios.some((scenario) => troubledCertificates(scenario).length > 0);
}

async function writeCalendar(
  terminal: Terminal,
  { ics = '', force }: StatusCommandOptions,
  { installations, dataCloud }: Configuration,
  lineages: readonly LineageJudgement[],
): Promise<void> {
  const { certificateCalendar, isCertificateCalendar } = await import('../../lib/lifecycle/calendar.js');
  const { writeGenerated } = await import('../shell/write-generated.js');
  const host = installations[0]?.server.hostName ?? dataCloud[0]?.name ?? 'vb365';
  const calendar = certificateCalendar(lineages, host);
  const undated = lineages.filter(({ generations }) => generations.length === 0).length;
  const without = `has no dates of ${undated} ${undated === 1 ? 'lineage' : 'lineages'} without a certificate`;
  if (ics === STANDARD_OUTPUT) {
    terminal.stdout.write(calendar);
    if (undated > 0) printNote(terminal, `The calendar ${without}.`);
    return;
  }
  const file = writeGenerated(terminal, ics, calendar, isCertificateCalendar, force);
  printNote(terminal, `The calendar is in ${pathFrom(terminal.cwd(), file)}${undated > 0 ? `; it ${without}` : ''}.`);
}

/** @throws Vb365Error `usage` where an option says something about a file that is not written, or two want standard output */
function refuseContradictions({ ics, force, json, scenarios }: StatusCommandOptions): void {
  if (force === true && (ics === undefined || ics === STANDARD_OUTPUT)) {
    throw new Vb365Error('usage', {
      message: '--force is given, and no file is written',
      cure: ics === undefined ? 'give --ics <file>, too, or leave --force out' : 'leave --force out',
    });
  }
  if (ics !== STANDARD_OUTPUT || (json !== true && scenarios !== true)) return;
  throw new Vb365Error('usage', {
    message: `--ics - and ${json === true ? '--json' : '--scenarios'} are given together, and both want standard output`,
    cure: 'name a file for the calendar',
  });
}
