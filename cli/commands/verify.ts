import { type Command, InvalidArgumentError } from 'commander';
import type { VerifiedLineage } from '../../lib/verify/report';
import {
  collect,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  jsonOption,
  now,
} from '../shell/command-options';
import { passwordVariableOption } from '../shell/password';
import type { Runner } from '../shell/runner';
import {
  type ExitCode,
  printFindings,
  printJson,
  printLine,
  printNote,
  type Terminal,
  tableStyleOf,
} from '../shell/terminal';
import type { VerifyGivenOptions } from '../steps/verify-options';

interface VerifyCommandOptions extends ConfigOption, VerifyGivenOptions {
  /** Milliseconds. */
  readonly wait?: number;
  readonly json?: boolean;
}

export function addVerifyCommand(program: Command, runner: Runner): void {
  program
    .command('verify')
    .description('Ask Entra, the REST API and Restore Portal which certificates they use, and compare.')
    .argument('[lineages...]', 'lineages to look at, such as contoso/entra-application (default: all)')
    .option('--wait <duration>', 'look again until all is well, for so long at most: 90s, 5m, 1h', parseDuration)
    .option(
      '--client-id <lineage=id>',
      'client id of the application of a lineage (default: vb365.yaml, else the deployed stack); may be repeated',
      collect,
    )
    .option('--rest-username <name>', 'REST API: account (default: $VB365_REST_USERNAME)')
    .addOption(
      passwordVariableOption(
        '--rest-password-env <name>',
        'REST API: variable that holds the password (default: VB365_REST_PASSWORD)',
      ),
    )
    .addOption(fileOption('--rest-password-file <file>', 'REST API: file whose first line is the password'))
    .addOption(fileOption('--ca-file <file>', 'REST API: certificates of authorities to trust too (PEM)'))
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Signs in to Entra with the current certificate of each application, which needs the identity, and reads what the application holds and what is granted to it: by that sign-in, or by the account of Terraform (ARM_CLIENT_ID and what goes with it), which needs Directory.Read.All.
Looks at what the REST API and Restore Portal serve in a TLS handshake. With an account of the REST API, asks the server.
ARM_METADATA_HOSTNAME, SSL_CERT_FILE and HTTPS_PROXY count as they do for Terraform. Changes nothing anywhere.
Exit code 1 when something differs, does not answer or is not known, 2 when nothing answers at all.

Example:
  $ vb365 verify
  $ vb365 verify contoso/entra-application --wait 5m`,
    )
    .action(runner(verify));
}

async function verify(terminal: Terminal, names: readonly string[], options: VerifyCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const library = await import('../../lib/verify/verify.js');
  const { findLineages } = await import('../steps/find-lineage.js');
  const { startProgress } = await import('../shell/progress.js');
  const { verifyOptions } = await import('../steps/verify-options.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const declared = names.length > 0 ? findLineages(configuration, names) : lineagesOf(configuration);
  const given = await verifyOptions(terminal, configuration, options);
  let progress = startProgress(terminal, 'verifying', declared.length);
  try {
    const verified = await library.verify(configuration, declared, {
      ...given,
      wait: options.wait ?? 0,
      now: () => now({}),
      onLooked: () => {
        progress.advance();
      },
      onPause: (waiting, milliseconds) => {
        progress.stop();
        const seconds = Math.ceil(milliseconds / 1_000);
        printNote(terminal, `${waiting} of ${declared.length} not well yet; looking again in ${seconds} s`);
        progress = startProgress(terminal, 'verifying', waiting);
      },
    });
    progress.stop();
    return await report(terminal, verified, options);
  } finally {
    progress.stop();
  }
}

async function report(
  terminal: Terminal,
  verified: readonly VerifiedLineage[],
  { json }: VerifyCommandOptions,
): Promise<ExitCode> {
  const { isNotKnown, needsCure, nothingAnswered } = await import('../../lib/verify/report.js');
  if (json === true) {
    printJson(terminal, verified);
  } else if (verified.length === 0) {
    printNote(terminal, 'The configuration asks for no certificate.');
  } else {
    const { verifySummary, verifyTable } = await import('../tables/verify-table.js');
    printLine(terminal, verifyTable(verified, tableStyleOf(terminal)));
    printFindings(
      terminal,
      verified.flatMap(({ checks }) => checks.flatMap(({ findings }) => findings)),
    );
    printNote(terminal, verifySummary(verified));
  }
  if (nothingAnswered(verified)) return 2;
  return verified.some((one) => needsCure(one) || isNotKnown(one)) ? 1 : 0;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** @returns milliseconds */
function parseDuration(text: string): number {
  const [, number = '', unit = ''] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined) throw new InvalidArgumentError('Give a duration such as 90s, 5m or 1h.');
  return Number(number) * factor;
}
