import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { roles } from '../lib/catalogue/roles';
import type { LineageDeclaration } from '../lib/config/lineages';
import type { ErrorCode } from '../lib/error-codes';
import { Vb365Error } from '../lib/errors';
import type { Finding } from '../lib/findings';
import type { Generation, Keystore } from '../lib/keystore/keystore';
import { missingFinding } from '../lib/lifecycle/missing';
import { shown } from '../lib/addresses/shown';
import { configOption, configurationFile, type ConfigOption, fileOption } from './command-options';
import { addPasswordOptions, askPassword, givenPassword, type PasswordOptions } from './password';
import { pathFrom } from './printable';
import type { Runner } from './runner';
import { type ExitCode, printFindings, printLine, type Terminal } from './terminal';
import { refuseTaken, writeSecretFiles } from './write-file';

interface ExportCommandOptions extends ConfigOption, PasswordOptions {
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
    .addOption(configOption());
  addPasswordOptions(command)
    .addHelpText('after', '\nExample:\n  $ vb365 export contoso/entra-application --generate-password contoso.password')
    .action(runner(exportCommand));
}

async function exportCommand(terminal: Terminal, lineage: string, options: ExportCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { writePfx } = await import('../lib/certificates/pfx-writer.js');
  const { isInsideGitWorkTree } = await import('../lib/keystore/git-work-tree.js');
  const { readIdentities } = await import('../lib/keystore/identity.js');
  const { openPrivateKey } = await import('../lib/keystore/private-key.js');
  const { findLineage } = await import('./find-lineage.js');
  const { identityPath } = await import('./identity-path.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const declaration = findLineage(configuration, lineage);
  const { owner, role } = declaration;
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
    friendlyName: `${roles[role].name} ${owner} ${generation.label}`,
    encryption: options.encryption,
  });
  const files = targets.map((target) => ({ file: target, content: target === file ? content : `${password}\n` }));
  writeSecretFiles(files, options.force === true);
  printFindings(terminal, targets.filter(isInsideGitWorkTree).map(insideRepository));
  if (passwordTarget !== undefined) {
    printLine(terminal, `wrote the password to ${pathFrom(terminal.cwd(), passwordTarget)}`);
  }
  const { thumbprint } = generation.certificate;
  const where = pathFrom(terminal.cwd(), file);
  printLine(terminal, `exported ${lineage} ${generation.label} to ${where} (thumbprint ${thumbprint})`);
  return 0;
}

async function chooseGeneration(
  keystore: Keystore,
  declaration: LineageDeclaration,
  wanted: string | undefined,
): Promise<Generation> {
  const lineage = declaration.name;
  if (wanted === undefined) {
    const current = keystore.current(lineage);
    if (current) return current;
    const { awaitingAnswer } = await import('../lib/lifecycle/awaiting-answer.js');
    const finding = awaitingAnswer(missingFinding(declaration), lineage, keystore.folder);
    throw new Vb365Error('certificate-missing-in-keystore', finding);
  }
  const all = keystore.generations(lineage);
  const found = /^\d{1,4}$/.test(wanted) ? all.find(({ number }) => number === Number(wanted)) : undefined;
  if (found) return found;
  throw new Vb365Error('generation-unknown', {
    subject: lineage,
    message: `${lineage} has no generation ${shown(wanted)}; it has ${all.map(({ label }) => label).join(', ') || 'none'}`,
    cure: 'name one of them, or none for the current one',
  });
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
  // 192 bits in 32 characters that no shell and no dialog takes for something else.
  return randomBytes(24).toString('base64url');
}

/** A variable that is set to nothing would leave the private key open to whoever has the file. */
function notEmpty(password: string): string {
  if (password !== '') return password;
  throw new Vb365Error('password-empty', {
    message: 'the password is empty, and the PFX would not protect the private key',
    cure: 'give a password, or let --generate-password <file> make one',
  });
}

async function askTwice(terminal: Terminal): Promise<string> {
  const password = notEmpty(await askPassword(terminal, 'Password of the PFX'));
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

function insideRepository(file: string): Finding {
  const id: ErrorCode = 'output-inside-repository';
  return {
    id,
    severity: 'advice',
    subject: file,
    message: `${file} lies inside a Git work tree, where a careless "git add" publishes it`,
    cure: 'move it to where only its user finds it, or see that .gitignore names it',
  };
}
