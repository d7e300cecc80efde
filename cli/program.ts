import { Command, CommanderError, Help } from 'commander';
import { Vb365Error } from '../lib/errors';
import { addAuditCommand } from './commands/audit';
import { addExplainCommand } from './commands/explain';
import { addExportCommand } from './commands/export';
import { addImportCommand } from './commands/import';
import { addInitCommand } from './commands/init';
import { addInstallCommand } from './commands/install';
import { addIssueCommand } from './commands/issue';
import { addMatrixCommand } from './commands/matrix';
import { textOfPackage } from './shell/package-file';
import { addPermissionsCommand } from './commands/permissions';
import { addRecoverCommand } from './commands/recover';
import { addRenewCommand } from './commands/renew';
import { addReportCommand } from './commands/report';
import { addResealCommand } from './commands/reseal';
import { addRequestCommand } from './commands/request';
import { addRetireCommand } from './commands/retire';
import { addReviewCommand } from './commands/review';
import { addSchemaCommand } from './commands/schema';
import { addStatusCommand } from './commands/status';
import { addSynthCommand } from './commands/synth';
import { addVerifyCommand } from './commands/verify';
import type { Runner } from './shell/runner';
import { type ExitCode, printError, type Terminal, widthOf } from './shell/terminal';

/** Runs the command line; never throws and never exits: the caller sets the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const runner: Runner =
    (command) =>
    async (...args) => {
      exitCode = await command(terminal, ...args);
    };
  const program = createProgram(runner, terminal);
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      printError(terminal, error);
      return 2;
    }
    // Help and version end by an exception too, with exit code 0; without a command, help is the answer.
    if (error.exitCode === 0) return 0;
    if (error.code !== 'commander.help') printError(terminal, usageError(error, program, argv));
    return 2;
  }
}

function createProgram(runner: Runner, terminal: Terminal): Command {
  const program = new Command('vb365')
    .description('Certificates of Veeam Backup for Microsoft 365 and its Microsoft Entra applications, as code.')
    .version(version())
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ minWidthToWrap: LEAST_WIDTH })
    .configureOutput({
      getOutHelpWidth: () => widthOf(terminal) ?? HELP_WIDTH,
      writeOut: (text) => terminal.stdout.write(wrapped(text, widthOf(terminal) ?? HELP_WIDTH)),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: () => undefined,
    });
  for (const add of COMMANDS) add(program, runner);
  return program;
}

/** Columns of a help that is written elsewhere than to a terminal. */
const HELP_WIDTH = 80;

/** Columns; a narrower text is not wrapped. */
const LEAST_WIDTH = 20;

/** Commander wraps what it knows of, and not what stands behind it. An example stays a line, to be copied. */
function wrapped(help: string, width: number): string {
  const wrapper = Object.assign(new Help(), { minWidthToWrap: LEAST_WIDTH });
  return help
    .split('\n')
    .map((line) => {
      const [term = ''] = /^ {2}(?!\$)\S+ +/.exec(line) ?? [];
      if (line.length <= width || (line.startsWith(' ') && term === '')) return line;
      return (
        term +
        wrapper.boxWrap(line.slice(term.length), width - term.length).replaceAll('\n', `\n${' '.repeat(term.length)}`)
      );
    })
    .join('\n');
}

/** In the order in which a person needs them. */
const COMMANDS = [
  addInitCommand,
  addIssueCommand,
  addRenewCommand,
  addRetireCommand,
  addResealCommand,
  addAuditCommand,
  addRequestCommand,
  addImportCommand,
  addExportCommand,
  addInstallCommand,
  addVerifyCommand,
  addRecoverCommand,
  addStatusCommand,
  addReportCommand,
  addExplainCommand,
  addSynthCommand,
  addReviewCommand,
  addMatrixCommand,
  addPermissionsCommand,
  addSchemaCommand,
];

/** What commander says, without the value of an unknown option: `--password=…` and `-p…` are what people try first. */
function usageError({ message }: CommanderError, program: Command, argv: readonly string[]): Vb365Error {
  const command = program.commands.map((known) => known.name()).find((name) => argv.slice(2).includes(name));
  return new Vb365Error('usage', {
    message: message
      .replace(/^error: /, '')
      .replace(/unknown option '(-[^-]).*'/s, "unknown option '$1'")
      .replace(/unknown option '(-[^=']*)=.*'/s, "unknown option '$1'"),
    cure: `run "${['vb365', ...(command === undefined ? [] : [command]), '--help'].join(' ')}" to see what it takes`,
  });
}

function version(): string {
  const text: unknown = JSON.parse(textOfPackage('package.json'));
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : 'unknown';
}
