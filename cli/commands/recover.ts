import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { RecoveredStack } from '../../lib/recover/recover';
import { collect, jsonOption } from '../shell/command-options';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printJson, printLine, printNote, type Terminal } from '../shell/terminal';

interface RecoverCommandOptions {
  readonly clientId?: readonly string[];
  readonly restore?: boolean;
  readonly json?: boolean;
}

export function addRecoverCommand(program: Command, runner: Runner): void {
  program
    .command('recover')
    .description('Find in Entra what the lost state of a stack knew, and write import blocks for it.')
    .argument('<stack>', 'a synthesized stack, such as contoso or contoso-consent')
    .option('--client-id <id>', 'client id of the application, where several may be meant; may be repeated', collect)
    .option('--restore', 'restore the application where it was deleted in Entra, which keeps it for 30 days')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Reads the synthesized stack (cdktf.out), looks for all that it declares by the account of Terraform (ARM_CLIENT_ID and what goes with it), and writes recover.tf.json beside it: the next plan imports what is there, and creates what is not.
What the state still knows is left as it is. Without --restore, nothing is changed in Entra.
ARM_METADATA_HOSTNAME, SSL_CERT_FILE and HTTPS_PROXY count as they do for Terraform.
Exit code 1 when the application itself is not there.

Example:
  $ vb365 recover contoso
  $ npx cdktf diff contoso`,
    )
    .action(runner(recover));
}

async function recover(terminal: Terminal, name: string, options: RecoverCommandOptions): Promise<ExitCode> {
  const { parseUuid } = await import('../../lib/addresses/uuid.js');
  const { recoverStack } = await import('../../lib/recover/recover.js');
  const output = terminal.env.CDKTF_OUTDIR ?? 'cdktf.out';
  const recovered = await recoverStack(name, {
    environment: terminal.env,
    stacks: join(resolve(terminal.cwd(), output), 'stacks'),
    cwd: terminal.cwd(),
    clientIds: (options.clientId ?? []).map(parseUuid),
    restore: options.restore === true,
  });
  const file = await writeImports(terminal, join(output, 'stacks', name), recovered);
  if (options.json === true) printJson(terminal, recovered);
  else report(terminal, file, recovered);
  return recovered.findings.length === 0 ? 0 : 1;
}

/** Also where there is nothing to import: what an earlier look has written would not be true any more. */
async function writeImports(terminal: Terminal, folder: string, { imports }: RecoveredStack): Promise<string> {
  const { RECOVER_FILE, recoverFileContent } = await import('../../lib/recover/recover-file.js');
  const { writeGenerated } = await import('../shell/write-generated.js');
  const file = join(folder, RECOVER_FILE);
  writeGenerated(terminal, file, recoverFileContent(imports), () => true);
  return file;
}

function report(
  terminal: Terminal,
  file: string,
  { findings, imports, missing, restored, stack }: RecoveredStack,
): void {
  for (const { to } of imports) printLine(terminal, `import  ${to}`);
  // Where the application itself is not there, nothing of it is.
  if (imports.length > 0) for (const address of missing) printLine(terminal, `create  ${address}`);
  printFindings(terminal, findings);
  for (const clientId of restored) printNote(terminal, `Restored the application ${clientId}.`);
  const all = imports.length + missing.length;
  printNote(terminal, `Found ${imports.length} of ${all} resources of ${stack} in Entra, and wrote ${file}.`);
  if (findings.length === 0) printNote(terminal, `Next: read what "npx cdktf diff ${stack}" says, then deploy it.`);
}
