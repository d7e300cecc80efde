import type { Command } from 'commander';
import type { LineageDeclaration } from '../../lib/config/lineages';
import type { Finding } from '../../lib/findings';
import type { Generation, Keystore } from '../../lib/keystore/keystore';
import type { CertificateWithChain, ImportJudgement } from '../../lib/lifecycle/import/import-certificate';
import {
  atOption,
  type AtOption,
  collect,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  now,
} from '../shell/command-options';
import type { ImportSource, SourceOptions } from '../steps/import-source';
import { addPasswordOptions } from '../shell/password';
import { pathFrom, printable } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printLine, printResult, type Terminal } from '../shell/terminal';
import { underLock } from '../shell/under-lock';

interface ImportCommandOptions extends ConfigOption, AtOption, SourceOptions {
  readonly accept?: readonly string[];
  readonly keyElsewhere?: boolean;
  readonly dryRun?: boolean;
}

export function addImportCommand(program: Command, runner: Runner): void {
  const command = program
    .command('import')
    .description('Take a certificate that exists into the keystore, as the next generation of a lineage.')
    .argument('<lineage>', 'lineage that it shall serve, such as contoso/entra-application')
    .argument('[file]', 'PFX, PEM with the certificate and its issuers, or the answer to "vb365 request"')
    .addOption(fileOption('--key <file>', 'PEM of the private key, where it is not in the same file'))
    .option('--thumbprint <sha1>', 'take it from the personal certificate store instead of a file')
    .option('--key-elsewhere', 'take the certificate alone: its private key is kept outside of the keystore on purpose')
    .option('--accept <id>', 'accept a finding that is a judgement; may be given several times', collect)
    .option('--dry-run', 'read and judge, and write nothing')
    .addOption(configOption())
    .addOption(atOption());
  addPasswordOptions(command)
    .addHelpText(
      'after',
      `
The answer of a certification authority (PEM, .cer, .p7b) takes the key that "vb365 request" keeps sealed in the keystore.

Example:
  $ vb365 import contoso/entra-application wizard.pfx --password-env PFX_PASSWORD
  $ vb365 import primary/rest-api answer.p7b`,
    )
    .action(runner(importCommand));
}

async function importCommand(
  terminal: Terminal,
  lineage: string,
  file: string | undefined,
  options: ImportCommandOptions,
): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { alreadyKept } = await import('../../lib/lifecycle/import/import-answer.js');
  const { judgeImport, refuseUnfit } = await import('../../lib/lifecycle/import/import-certificate.js');
  const { adviseOfSharedKey, refuseSharedKey } = await import('../../lib/lifecycle/import/import-key.js');
  const { roomForImport } = await import('../../lib/lifecycle/import/import-room.js');
  const { readGenerations } = await import('../../lib/lifecycle/read-generations.js');
  const { findLineage } = await import('../steps/find-lineage.js');
  const { readSource } = await import('../steps/import-source.js');
  const { requireRightClock } = await import('../steps/right-clock.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const declaration = findLineage(configuration, lineage);
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  const isRehearsal = options.dryRun === true;
  const onRetired = ({ label }: Generation): void => {
    printLine(terminal, `retired ${lineage} ${label}`);
  };
  const job: ImportJob = { terminal, declaration, lineage, keystore, at, isRehearsal, onRetired };
  await requireRightClock(options, keystore.folder);
  const given = await readSource(terminal, file, options);
  const { source, prepare } = options.keyElsewhere === true ? await takeAlone(given, job) : await take(given, job);
  const judgement = judgeImport(source, declaration, options.accept ?? [], at);
  printFindings(terminal, [...judgement.advice, ...adviseOfSharedKey(lineage, source.certificate, keystore)]);
  if (isRehearsal) {
    const known = readGenerations(keystore, lineage).find(({ certificate }) => certificate.equals(source.certificate));
    const { leaving, findings } = await rehearseRoom(job, source);
    const found = known === undefined ? findings : [alreadyKept(known)];
    return sayWhatWouldBe(job, source, leaving, [...judgement.refused, ...found]);
  }
  // Before anything is made: who has nothing to import needs no identity either.
  refuseUnfit(source, lineage, judgement);
  refuseSharedKey(lineage, source.certificate, keystore);
  roomForImport(declaration, source.certificate, job);
  const add = await prepare(judgement);
  const generation = await underLock(terminal, keystore, add);
  printLine(terminal, `imported ${lineage} ${generation.label}: ${summaryOf(source)}`);
  for (const { id } of judgement.accepted) {
    printLine(terminal, `accepted ${id}: noted in ${pathFrom(terminal.cwd(), generation.certificateFile)}`);
  }
  printResult(terminal, `Commit the folder ${pathFrom(terminal.cwd(), keystore.folder)} to Git, and deploy it.`);
  return 0;
}

interface ImportJob {
  readonly terminal: Terminal;
  readonly declaration: LineageDeclaration;
  readonly lineage: string;
  readonly keystore: Keystore;
  readonly at: Date;
  readonly isRehearsal: boolean;
  readonly onRetired: (generation: Generation) => void;
}

/** A certificate to judge, and how to take it in. */
interface Taking {
  readonly source: CertificateWithChain;
  /** Gives what is to be done under the lock. */
  readonly prepare: (judgement: ImportJudgement) => Promise<() => Generation | Promise<Generation>>;
}

/** The certificate without its key. */
async function takeAlone(
  given: ImportSource,
  { declaration, lineage, keystore, at, onRetired }: ImportJob,
): Promise<Taking> {
  const { Vb365Error } = await import('../../lib/errors.js');
  const { importAlone, leafOf } = await import('../../lib/lifecycle/import/import-alone.js');

  const source = 'answer' in given ? leafOf(given.answer) : undefined;
  if (source === undefined) {
    throw new Vb365Error('import-key-elsewhere', {
      subject: lineage,
      message: 'the file holds a private key, or no certificate that stands for itself, and --key-elsewhere is given',
      cure: 'leave --key-elsewhere out, or give the certificate with its issuers alone',
    });
  }
  const prepare: Taking['prepare'] = (judgement) =>
    Promise.resolve(() => importAlone(source, declaration, judgement, { keystore, at, onRetired }));
  return { source, prepare };
}

async function take(
  source: ImportSource,
  { terminal, declaration, lineage, keystore, at, isRehearsal, onRetired }: ImportJob,
): Promise<Taking> {
  if ('answer' in source) {
    const { importAnswer, matchAnswer, requestFor } = await import('../../lib/lifecycle/import/import-answer.js');
    const { clearAnswered, hasAnsweredRequest } = await import('../../lib/lifecycle/import/request-certificate.js');
    if (!isRehearsal && hasAnsweredRequest(keystore, lineage)) {
      await underLock(terminal, keystore, () => {
        clearAnswered(keystore, lineage);
      });
    }
    const answer = matchAnswer(source.answer, requestFor(source.answer, lineage, keystore), lineage);
    // The key is sealed already, so nobody has to be asked for recipients.
    const prepare: Taking['prepare'] = (judgement) =>
      Promise.resolve(() => importAnswer(answer, declaration, judgement, { keystore, at, onRetired }));
    return { source: answer, prepare };
  }
  const { importCertificate } = await import('../../lib/lifecycle/import/import-certificate.js');
  const { prepareSealer } = await import('../steps/prepare-sealer.js');
  const prepare: Taking['prepare'] = async (judgement) => {
    const makeSealer = await prepareSealer(terminal, keystore, at);
    return async () => {
      const sealer = await makeSealer();
      return importCertificate(source.pair, declaration, judgement, { keystore, at, onRetired, sealer });
    };
  };
  return { source: source.pair, prepare };
}

/** What would have to leave, or why the certificate may not come. */
async function rehearseRoom(
  job: ImportJob,
  { certificate }: CertificateWithChain,
): Promise<{ readonly leaving: readonly Generation[]; readonly findings: readonly Finding[] }> {
  const { Vb365Error } = await import('../../lib/errors.js');
  const { refuseSharedKey } = await import('../../lib/lifecycle/import/import-key.js');
  const { roomForImport } = await import('../../lib/lifecycle/import/import-room.js');
  try {
    refuseSharedKey(job.lineage, certificate, job.keystore);
    return { leaving: roomForImport(job.declaration, certificate, job), findings: [] };
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const { code, message, cure, subject = job.lineage } = error;
    return { leaving: [], findings: [{ id: code, severity: 'error', subject, message, cure }] };
  }
}

function sayWhatWouldBe(
  { terminal, lineage }: ImportJob,
  source: CertificateWithChain,
  leaving: readonly Generation[],
  refused: readonly Finding[],
): ExitCode {
  printFindings(terminal, refused);
  if (refused.length === 0) for (const { label } of leaving) printLine(terminal, `would retire ${lineage} ${label}`);
  const verdict = refused.length === 0 ? 'would be imported as' : 'would be refused for';
  printLine(terminal, `${verdict} ${lineage}: ${summaryOf(source)}`);
  return refused.length === 0 ? 0 : 1;
}

function summaryOf({ certificate }: CertificateWithChain): string {
  const { notAfter, subject, thumbprint } = certificate;
  return printable(`${thumbprint} (${subject}), valid to ${notAfter.toISOString().slice(0, 10)}`);
}
