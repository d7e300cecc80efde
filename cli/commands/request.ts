import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Configuration } from '../../lib/config/configuration';
import type { LineageDeclaration } from '../../lib/config/lineages';
import type { Keystore } from '../../lib/keystore/keystore';
import type { PendingRequest } from '../../lib/keystore/requests/pending-request';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  now,
} from '../shell/command-options';
import { pathFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printLine, printNote, printResult, type Terminal } from '../shell/terminal';
import { underLock } from '../shell/under-lock';
import { refuseTaken, writePublicFile } from '../shell/write-file';
import { textOfFile } from '../../lib/system/look';
import { sourceOf } from '../../lib/config/certificate-sources';

interface RequestCommandOptions extends ConfigOption, AtOption {
  readonly out?: string;
  readonly force?: boolean;
  readonly renewKey?: boolean;
  readonly cancel?: boolean;
}

interface RequestJob {
  readonly terminal: Terminal;
  readonly declaration: LineageDeclaration;
  readonly keystore: Keystore;
  readonly at: Date;
}

export function addRequestCommand(program: Command, runner: Runner): void {
  program
    .command('request')
    .description('Write a certificate signing request, for a public or company certification authority.')
    .argument('<lineage>', 'lineage that the certificate shall serve, such as primary/rest-api')
    .addOption(fileOption('--out <file>', 'request to write; - prints it (default: <owner>-<role>.csr)'))
    .option('--force', 'write over a file that is there')
    .option('--renew-key', 'start over with another key: answers to the request that waits are of no use then')
    .addOption(
      new Option('--cancel', 'give up the request that waits, and its key').conflicts(['out', 'force', 'renewKey']),
    )
    .addOption(configOption())
    .addOption(atOption())
    .addHelpText(
      'after',
      `
The key waits in the keystore, sealed to the recipients, until "vb365 import <lineage> <answer>"; import needs no identity.
While a request waits, the same one is written again: its key changes by --renew-key only.

Example:
  $ vb365 request primary/rest-api --out rest-api.csr`,
    )
    .action(runner(request));
}

async function request(terminal: Terminal, lineage: string, options: RequestCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { judgeWaiting, readableRequest, waitingRequest } =
    await import('../../lib/lifecycle/import/request-certificate.js');
  const { findLineage } = await import('../steps/find-lineage.js');
  const { requireRightClock } = await import('../steps/right-clock.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  if (options.cancel === true) return cancel(terminal, configuration, lineage);
  const keystore = new Keystore(configuration.keystore);
  const declaration = findLineage(configuration, lineage);
  const job: RequestJob = { terminal, declaration, keystore, at: now(options) };

  const isToBePrinted = options.out === '-';
  const file = resolve(terminal.cwd(), options.out ?? `${lineage.replace('/', '-')}.csr`);
  const renewKey = options.renewKey === true;
  const waiting = renewKey ? readableRequest(keystore, lineage) : waitingRequest(keystore, lineage);
  // The file of the request that waits is written over without a word: it is kept in the keystore, or given up. So is that of
  // an earlier one, which has been answered, or whose key is gone: it stands under the name that none but this command gives.
  const isOurName = options.out === undefined;
  const overwrite =
    options.force === true || holds(file, waiting) || (await isEarlier(file, isOurName, keystore, lineage));
  // Before a key is made: a request that cannot be written is of no use.
  if (!isToBePrinted) refuseTaken([file], overwrite);
  const isKept = waiting !== undefined && !renewKey;
  if (!isKept) await requireRightClock(options, keystore.folder);
  const pending = isKept ? waiting : await make(job, renewKey);
  if (isToBePrinted) printLine(terminal, pending.request.pem);
  else writePublicFile(file, textOf(pending), overwrite);
  sayRequest(job, pending, isToBePrinted ? undefined : file, isKept);
  printFindings(terminal, judgeWaiting(declaration, pending));
  return 0;
}

async function make({ terminal, declaration, keystore, at }: RequestJob, renewKey: boolean): Promise<PendingRequest> {
  const { newRequest, waitingRequest } = await import('../../lib/lifecycle/import/request-certificate.js');
  const { prepareSealer } = await import('../steps/prepare-sealer.js');

  const makeSealer = await prepareSealer(terminal, keystore, at);
  return underLock(terminal, keystore, async (lock) => {
    // Another process may have made one while this one waited for the lock.
    const waiting = renewKey ? undefined : waitingRequest(keystore, declaration.name);
    return waiting ?? newRequest(declaration, { keystore, sealer: await makeSealer(), at, lock });
  });
}

/** Also of an organization that has left: its request stays in the keystore until somebody gives it up. */
async function cancel(terminal: Terminal, configuration: Configuration, lineage: string): Promise<ExitCode> {
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { lineageFolders } = await import('../../lib/keystore/listing.js');
  const { hasRequest } = await import('../../lib/keystore/requests/pending-request-files.js');
  const { removePendingRequest } = await import('../../lib/keystore/requests/pending-request-writer.js');
  const { findLineage } = await import('../steps/find-lineage.js');

  const keystore = new Keystore(configuration.keystore);
  if (!lineageFolders(keystore.folder).includes(lineage)) findLineage(configuration, lineage);
  if (!hasRequest(resolve(keystore.folder, lineage))) {
    printResult(terminal, `Nothing to cancel: no request of ${lineage} waits for an answer.`);
    return 0;
  }
  await underLock(terminal, keystore, () => {
    removePendingRequest(keystore.folder, lineage);
  });
  printResult(terminal, `removed the request of ${lineage}, and its key`);
  return 0;
}

/** @param file undefined where the request itself is on standard output, which is then for nothing else */
function sayRequest(
  { terminal, declaration, keystore }: RequestJob,
  pending: PendingRequest,
  file: string | undefined,
  again: boolean,
): void {
  const { name, policy } = declaration;
  const cwd = terminal.cwd();
  const where = file === undefined ? 'standard output' : pathFrom(cwd, file);
  const say = (line: string): void => {
    (file === undefined ? printNote : printResult)(terminal, line);
  };
  if (again) {
    const since = pending.requestedAt === undefined ? '' : ` since ${pending.requestedAt.toISOString().slice(0, 10)}`;
    say(`wrote the request of ${name} again to ${where}: it waits for its answer${since}`);
  } else {
    say(`wrote the request of ${name} to ${where}`);
    say(`Commit the folder ${pathFrom(cwd, keystore.folder)} to Git: the private key in it is sealed.`);
  }
  say(`Send the request to your certification authority, then run "vb365 import ${name} <answer>".`);
  if (!sourceOf(policy).isIssuedHere) return;
  printNote(
    terminal,
    `note: ${name} is declared as self-signed: "vb365 issue" and "vb365 renew" make certificates of it themselves. To leave them to your authority, declare "source: imported" for it.`,
  );
}

function textOf({ request: { pem } }: PendingRequest): string {
  return `${pem}\n`;
}

/** Bytes: a request has two thousand. */
const LARGEST_REQUEST = 65_536;

/** Whether the file holds a request: any under the own name, else one whose answer is a generation of the lineage. */
async function isEarlier(file: string, isOurName: boolean, keystore: Keystore, lineage: string): Promise<boolean> {
  const { CertificateRequest } = await import('../../lib/certificates/x509/certificate-request.js');
  const { readGenerations } = await import('../../lib/lifecycle/read-generations.js');
  const text = textOfFile(file, LARGEST_REQUEST);
  if (text === undefined) return false;
  try {
    const { publicKeyHash } = CertificateRequest.fromPem(text);
    if (isOurName) return true;
    return readGenerations(keystore, lineage).some(({ certificate }) => certificate.publicKeyHash === publicKeyHash);
  } catch {
    return false;
  }
}

/** Whether the request stands in the file already; what cannot be read will be met when it is written. */
function holds(file: string, request: PendingRequest | undefined): boolean {
  return request !== undefined && textOfFile(file, LARGEST_REQUEST) === textOf(request);
}
