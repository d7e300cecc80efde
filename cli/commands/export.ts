import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { friendlyName } from '../../lib/catalogue/lineage-name';
import { randomPassword } from '../../lib/system/random-password';
import { Vb365Error } from '../../lib/errors';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  now,
} from '../shell/command-options';
import { exposedSecrets } from '../shell/exposed-files';
import { addPasswordOptions, askPassword, givenPassword, type PasswordOptions } from '../shell/password';
import { pathFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printLine, type Terminal } from '../shell/terminal';
import { refuseTaken, writeSecretFiles } from '../shell/write-file';

interface ExportCommandOptions extends ConfigOption, AtOption, PasswordOptions {
  readonly out?: string;
  readonly generation?: string;
  readonly encryption: 'modern' | 'legacy';
  readonly generatePassword?: string;
  readonly force?: boolean;
}

export function addExportCommand(program: Command, runner: Runner): void {
  const command = program
    .command('export')
    .description('Write a certificate with its private key to a PFX, for the product that shall use it.')
    .argument('<lineage>', 'lineage to export, such as contoso/entra-application')
    .addOption(fileOption('--out <file>', 'PFX to write (default: <owner>-<role>-<generation>.pfx)'))
    .option('--generation <number>', 'an older generation (default: the current one)')
    .addOption(
      new Option('--encryption <kind>', 'modern: AES-256; legacy: 3DES, for Windows Server 2016')
        .choices(['modern', 'legacy'])
        .default('modern'),
    )
    .addOption(fileOption('--generate-password <file>', 'make a password and write it to this file'))
    .option('--force', 'write over files that are there')
    .addOption(configOption())
    .addOption(atOption());
  addPasswordOptions(command)
    .addHelpText('after', '\nExample:\n  $ vb365 export contoso/entra-application --generate-password contoso.password')
    .action(runner(exportCommand));
}

async function exportCommand(terminal: Terminal, lineage: string, options: ExportCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { writePfx } = await import('../../lib/certificates/pfx/write.js');
  const { readIdentities } = await import('../../lib/keystore/sealing/identity.js');
  const { warnAboutUse } = await import('../../lib/lifecycle/warn-about-use.js');
  const { openPrivateKey } = await import('../../lib/keystore/sealing/private-key.js');
  const { chooseGeneration } = await import('../../lib/lifecycle/choose-generation.js');
  const { findLineage } = await import('../steps/find-lineage.js');
  const { identityPath } = await import('../steps/identity-path.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const declaration = findLineage(configuration, lineage);
  const generation = await chooseGeneration(new Keystore(configuration.keystore), declaration, options.generation);
  const file = resolve(terminal.cwd(), options.out ?? `${lineage.replace('/', '-')}-${generation.label}.pfx`);
  const passwordTarget =
    options.generatePassword === undefined ? undefined : resolve(terminal.cwd(), options.generatePassword);
  if (passwordTarget === file) throw sameFile(file);
  const targets = [...(passwordTarget === undefined ? [] : [passwordTarget]), file];
  refuseTaken(targets, options.force === true);
  const { findings, identities } = await readIdentities(await identityPath(terminal));
  printFindings(terminal, findings);
  const privateKey = await openPrivateKey(generation, identities);

  const password = await choosePassword(terminal, options);
  const content = writePfx({
    certificate: generation.certificate,
    chain: generation.chain,
    privateKey,
    password,
    friendlyName: friendlyName(declaration.role, lineage, generation.label),
    encryption: options.encryption,
  });
  const files = targets.map((target) => ({ file: target, content: target === file ? content : `${password}\n` }));
  writeSecretFiles(files, options.force === true, dirname(configuration.file));
  printFindings(terminal, [...warnAboutUse(declaration, generation, now(options)), ...exposedSecrets(targets)]);
  if (passwordTarget !== undefined) {
    printLine(terminal, `wrote the password to ${pathFrom(terminal.cwd(), passwordTarget)}`);
  }
  const { thumbprint } = generation.certificate;
  const where = pathFrom(terminal.cwd(), file);
  printLine(terminal, `exported ${lineage} ${generation.label} to ${where} (thumbprint ${thumbprint})`);
  return 0;
}

async function choosePassword(terminal: Terminal, options: ExportCommandOptions): Promise<string> {
  const given = givenPassword(terminal, options);
  if (options.generatePassword === undefined) return given === undefined ? askTwice(terminal) : notEmpty(given);
  if (given !== undefined) {
    throw new Vb365Error('password-source-ambiguous', {
      message: '--generate-password is given together with a password',
      cure: 'give one of them',
    });
  }
  return randomPassword();
}

/** A variable that is set to nothing would leave the private key open to whoever has the file. */
function notEmpty(password: string): string {
  if (password !== '') return password;
  throw new Vb365Error('password-empty', {
    message: 'the password is empty, and the PFX would not protect the private key',
    cure: 'give a password, or let --generate-password <file> make one',
  });
}

/** Characters: the least that NIST SP 800-63B-4 knows for a password (3.1.1.2). One that a program gives is its own decision. */
const SHORTEST_PASSWORD = 8;

/** Whoever has the file tries passwords as fast as their machines can, and nobody notices. */
function longEnough(password: string): string {
  if (password.length >= SHORTEST_PASSWORD) return password;
  throw new Vb365Error('password-too-short', {
    message: `the password has less than ${SHORTEST_PASSWORD} characters: whoever finds the PFX would soon have guessed it`,
    cure: 'run the command again and type a longer one, or let --generate-password <file> make one',
  });
}

async function askTwice(terminal: Terminal): Promise<string> {
  const password = longEnough(notEmpty(await askPassword(terminal, 'Password of the PFX')));
  if ((await askPassword(terminal, 'Again')) === password) return password;
  throw new Vb365Error('passwords-differ', {
    message: 'the two passwords differ',
    cure: 'run the command again and type the same password twice',
  });
}

function sameFile(file: string): Vb365Error {
  return new Vb365Error('output-same-file', {
    subject: file,
    message: `both the PFX and its password were to be written to ${file}`,
    cure: 'name two files, and keep them in two places',
  });
}
