import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { KeyAndCertificate } from '../lib/certificates/pfx-key-and-certificate';
import { Vb365Error } from '../lib/errors';
import type { Finding } from '../lib/findings';
import type { Generation } from '../lib/keystore/keystore';
import { fileError } from '../lib/keystore/durable-files';
import {
  atOption,
  type AtOption,
  collect,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  now,
} from './command-options';
import { addPasswordOptions, askPassword, givenPassword, type PasswordOptions } from './password';
import { pathFrom, printable } from './printable';
import type { Runner } from './runner';
import { readUpTo } from './read-file';
import { type ExitCode, printFindings, printLine, printNote, type Terminal, WAITING } from './terminal';

interface ImportCommandOptions extends ConfigOption, AtOption, PasswordOptions {
  readonly key?: string;
  readonly thumbprint?: string;
  readonly accept?: readonly string[];
  readonly dryRun?: boolean;
}

export function addImportCommand(program: Command, runner: Runner): void {
  const command = program
    .command('import')
    .description('Take a certificate that exists into the keystore, as the next generation of a lineage.')
    .argument('<lineage>', 'lineage that it shall serve, such as contoso/entra-application')
    .argument('[file]', 'PFX, or PEM with the certificate and its issuers')
    .addOption(fileOption('--key <file>', 'PEM of the private key, where it is not in the same file'))
    .option('--thumbprint <sha1>', 'take it from the personal certificate store instead of a file')
    .option('--accept <id>', 'accept a finding that is a judgement; may be given several times', collect)
    .option('--dry-run', 'read and judge, and write nothing')
    .addOption(configOption())
    .addOption(atOption());
  addPasswordOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  $ vb365 import contoso/entra-application wizard.pfx --password-env PFX_PASSWORD',
    )
    .action(runner(importCommand));
}

async function importCommand(
  terminal: Terminal,
  lineage: string,
  file: string | undefined,
  options: ImportCommandOptions,
): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { withKeystoreLock } = await import('../lib/keystore/lock.js');
  const { importCertificate, judgeImport, refuseUnfit } = await import('../lib/lifecycle/import-certificate.js');
  const { readGenerations } = await import('../lib/lifecycle/read-generations.js');
  const { findLineage } = await import('./find-lineage.js');
  const { prepareSealer } = await import('./prepare-sealer.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const declaration = findLineage(configuration, lineage);
  const source = await readSource(terminal, file, options);
  const at = now(options);
  const judgement = judgeImport(source, declaration, options.accept ?? [], at);
  printFindings(terminal, judgement.advice);
  const keystore = new Keystore(configuration.keystore);
  if (options.dryRun === true) {
    const known = readGenerations(keystore, lineage).find(({ certificate }) => certificate.equals(source.certificate));
    const refused = known === undefined ? judgement.refused : [...judgement.refused, alreadyKept(known)];
    return sayWhatWouldBe(terminal, source, lineage, refused);
  }
  // Before anything is made: who has nothing to import needs no identity either.
  refuseUnfit(source, lineage, judgement);
  const sealer = await prepareSealer(terminal, keystore, at);
  const work = (): Promise<Generation> => importCertificate(source, lineage, judgement, { keystore, sealer });
  const generation = await withKeystoreLock(keystore.folder, work, {
    onWait: () => {
      printNote(terminal, WAITING);
    },
  });
  printLine(terminal, `imported ${lineage} ${generation.label}: ${summaryOf(source)}`);
  for (const { id } of judgement.accepted) {
    printLine(terminal, `accepted ${id}: noted in ${pathFrom(terminal.cwd(), generation.certificateFile)}`);
  }
  return 0;
}

function sayWhatWouldBe(
  terminal: Terminal,
  source: KeyAndCertificate,
  lineage: string,
  refused: readonly Finding[],
): ExitCode {
  printFindings(terminal, refused);
  const verdict = refused.length === 0 ? 'would be imported as' : 'would be refused for';
  printLine(terminal, `${verdict} ${lineage}: ${summaryOf(source)}`);
  return refused.length === 0 ? 0 : 1;
}

function alreadyKept({ certificate, label, lineage }: Generation): Finding {
  return {
    id: 'certificate-already-kept',
    severity: 'error',
    subject: lineage,
    message: `the certificate ${certificate.thumbprint} is generation ${label} of ${lineage} already`,
    cure: 'nothing needs to be done',
  };
}

function summaryOf({ certificate }: KeyAndCertificate): string {
  const { notAfter, subject, thumbprint } = certificate;
  return printable(`${thumbprint} (${subject}), valid to ${notAfter.toISOString().slice(0, 10)}`);
}

async function readSource(
  terminal: Terminal,
  file: string | undefined,
  options: ImportCommandOptions,
): Promise<KeyAndCertificate> {
  if ((file === undefined) === (options.thumbprint === undefined)) {
    throw new Vb365Error('import-source-ambiguous', {
      message:
        file === undefined ? 'neither a file nor --thumbprint is given' : 'both a file and --thumbprint are given',
      cure: 'name a file, or the thumbprint of a certificate in the personal store',
    });
  }
  if (file !== undefined) return readFromFile(terminal, file, options);
  if (options.key !== undefined) {
    throw new Vb365Error('import-source-ambiguous', {
      message: '--key is given together with --thumbprint',
      cure: 'leave --key out: the personal store gives the private key with the certificate',
    });
  }
  const { findInPersonalStore } = await import('../lib/keystore/personal-store.js');
  const { readPfx } = await import('../lib/certificates/pfx-reader.js');
  const { password, pfx, subject } = await findInPersonalStore(options.thumbprint ?? '');
  return readPfx(pfx, password, { subject });
}

async function readFromFile(
  terminal: Terminal,
  file: string,
  options: ImportCommandOptions,
): Promise<KeyAndCertificate> {
  const { readPfx } = await import('../lib/certificates/pfx-reader.js');
  const { readPemPair } = await import('../lib/certificates/pfx-pem-pair.js');
  const read = (name: string): Buffer => readInput(resolve(terminal.cwd(), name));
  const bytes = read(file);
  const files = [
    { name: file, bytes },
    ...(options.key === undefined ? [] : [{ name: options.key, bytes: read(options.key) }]),
  ];
  const notPem = files.find((each) => !isPem(each.bytes));
  if (options.key !== undefined && notPem !== undefined) throw pemExpected(notPem.name);
  const texts = files.map((each) => each.bytes.toString());
  const subjects = files.map(({ name }) => name);
  const open = (password: string | undefined): KeyAndCertificate =>
    isPem(bytes) ? readPemPair(texts, { password, subjects }) : readPfx(bytes, password, { subject: file });

  const password = givenPassword(terminal, options);
  if (password !== undefined) return open(password);
  try {
    return open(undefined);
  } catch (error) {
    // Only now is it known that there is a password to ask for.
    if (!(error instanceof Vb365Error) || error.code !== 'pfx-password-wrong') throw error;
    return open(await askPassword(terminal, `Password of ${error.subject ?? file}`));
  }
}

function isPem(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN') && !bytes.includes('-----BEGIN PKCS12');
}

function pemExpected(file: string): Vb365Error {
  return new Vb365Error('import-pem-expected', {
    subject: file,
    message: `${file} is not PEM (-----BEGIN …), as both files must be where --key is given`,
    cure: 'leave --key out where the file is a PFX; convert a DER file by openssl x509 -inform der, or its key by openssl pkey -inform der',
  });
}

/** A PFX is a few kilobytes; the bound keeps a wrong name from filling the memory. */
const LARGEST_INPUT = 10_000_000;

function readInput(file: string): Buffer {
  const bytes = readWhole(file);
  if (bytes.length <= LARGEST_INPUT) return bytes;
  throw new Vb365Error('import-file-too-large', {
    subject: file,
    message: `the file ${file} has more than ${LARGEST_INPUT} bytes`,
    cure: 'name the PFX or PEM file of one certificate',
  });
}

function readWhole(file: string): Buffer {
  try {
    return readUpTo(file, LARGEST_INPUT + 1);
  } catch (error) {
    throw fileError('import-file-unreadable', file, 'read', error);
  }
}
