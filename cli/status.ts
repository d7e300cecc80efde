import type { Command } from 'commander';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from './command-options';
import type { Runner } from './runner';
import { type ExitCode, printFindings, printJson, printLine, printNote, type Terminal, wantsColour } from './terminal';

interface StatusCommandOptions extends ConfigOption, AtOption {
  readonly json?: boolean;
}

export function addStatusCommand(program: Command, runner: Runner): void {
  program
    .command('status')
    .description('Show every lineage: its certificates, the days left, and what needs attention.')
    .addOption(configOption())
    .addOption(atOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What needs attention comes first. A certificate that cannot be read counts as missing.
Exit code 1 when a certificate is missing, expired, not yet valid or to be renewed, or the keystore is damaged.

Example:
  $ vb365 status --at 2027-06-01`,
    )
    .action(runner(status));
}

async function status(terminal: Terminal, options: StatusCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../lib/config/lineages.js');
  const { hasErrors } = await import('../lib/findings.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { readGenerations } = await import('../lib/lifecycle/read-generations.js');
  const { needsAttention, statusOf } = await import('../lib/lifecycle/status.js');
  const { findUndeclared } = await import('../lib/lifecycle/undeclared.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  const declared = lineagesOf(configuration);
  const undeclared = findUndeclared(
    declared.map(({ name }) => name),
    keystore.lineages(),
  );
  const findings = [...keystore.findings(), ...undeclared];
  const rows = declared.flatMap((declaration) =>
    statusOf(declaration, readGenerations(keystore, declaration.name), at),
  );

  printFindings(terminal, findings);
  if (options.json === true) {
    printJson(terminal, rows);
  } else if (rows.length === 0) {
    printNote(terminal, 'The configuration asks for no certificate.');
  } else {
    const { statusSummary, statusTable } = await import('./status-table.js');
    printLine(terminal, statusTable(rows, wantsColour(terminal)));
    printNote(terminal, statusSummary(rows));
  }
  return rows.some(needsAttention) || hasErrors(findings) ? 1 : 0;
}
