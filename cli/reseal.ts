import type { Command } from 'commander';
import type { LineageDeclaration } from '../lib/config/lineages';
import type { Finding } from '../lib/findings';
import type { Keystore } from '../lib/keystore/keystore';
import type { Resealing } from '../lib/keystore/reseal';
import type { SealedKey } from '../lib/keystore/sealed-keys';
import { configOption, configurationFile, type ConfigOption, jsonOption } from './command-options';
import { pathFrom } from './printable';
import type { Runner } from './runner';
import { type ExitCode, printFindings, printJson, printLine, printResult, type Terminal } from './terminal';
import { underLock } from './under-lock';

interface ResealCommandOptions extends ConfigOption {
  readonly withoutMe?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const NOTHING = 'Nothing to reseal: the keystore holds no private key.';

/** Which keys, and to whom. */
interface Job extends Resealing {
  readonly keystore: Keystore;
  /** Undefined for all of the keystore. */
  readonly named: readonly LineageDeclaration[] | undefined;
  readonly identities: readonly string[];
  readonly recipientCount: number;
  readonly json: boolean;
}

/** How many keys were opened, of how many there are. */
interface Outcome {
  readonly opened: number;
  readonly total: number;
  readonly findings: readonly Finding[];
}

export function addResealCommand(program: Command, runner: Runner): void {
  program
    .command('reseal')
    .description('Seal the private keys that are there to the recipients that recipients.txt lists now.')
    .argument('[lineages...]', 'lineages to reseal (default: all that the keystore holds)')
    .addOption(configOption())
    .option('--without-me', 'also where no identity of yours is among the recipients: you lock yourself out')
    .option('--dry-run', 'open every key, say what would be resealed, and write nothing')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs an identity that opens the keys. Change recipients.txt first: add who joins, take out who leaves.
Superseded certificates and pending requests are among them. To whom a key is sealed cannot be seen: each run rewrites all.
Resealing takes no key back from who has left: they may have copies, and the history of Git keeps the old files.
Only new keys end that: "vb365 renew" with --all or some lineages, and "vb365 retire" once they are in use.
Exit code 1 when a key cannot be opened: it stays as it is, and the others are resealed.

Example:
  $ vb365 reseal --dry-run`,
    )
    .action(runner(reseal));
}

async function reseal(terminal: Terminal, names: readonly string[], options: ResealCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { readIdentities } = await import('../lib/keystore/identity.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { readRecipients } = await import('../lib/keystore/recipients.js');
  const { refuseLockOut } = await import('../lib/keystore/reseal.js');
  const { Sealer } = await import('../lib/keystore/sealing.js');
  const { findLineages } = await import('./find-lineage.js');
  const { identityPath } = await import('./identity-path.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const named = names.length > 0 ? findLineages(configuration, names) : undefined;
  const keystore = new Keystore(configuration.keystore);
  const recipients = await readRecipients(keystore.recipientsFile);
  const { findings, identities, recipients: own } = await readIdentities(await identityPath(terminal));
  printFindings(terminal, findings);
  if (options.withoutMe !== true) refuseLockOut(own, recipients, keystore.recipientsFile);
  const job: Job = {
    ...{ keystore, named, identities, recipientCount: recipients.length, json: options.json === true },
    sealer: await Sealer.create(recipients),
    provenBy: identities.filter((_, index) => recipients.includes(own[index] ?? '')),
  };
  const isRehearsal = options.dryRun === true;
  const outcome = isRehearsal
    ? await openAll(terminal, job)
    : await underLock(terminal, keystore, () => openAll(terminal, job, true));
  if (!job.json && outcome.total + outcome.findings.length === 0) printResult(terminal, NOTHING);
  if (!job.json && !isRehearsal && outcome.total > 0) summarize(terminal, job, outcome);
  printFindings(terminal, outcome.findings);
  return outcome.findings.length > 0 ? 1 : 0;
}

/** Opens every key, seals it anew where that is wanted, and says which were opened. */
async function openAll(terminal: Terminal, job: Job, isToBeSealed = false): Promise<Outcome> {
  const { openEach, resealKey, settle } = await import('../lib/keystore/reseal.js');
  const { lineageFolders, sealedKeysOf } = await import('../lib/keystore/sealed-keys.js');
  const { missingFinding } = await import('../lib/lifecycle/missing.js');
  const { sayingAtEnd } = await import('./interrupted.js');
  const { startProgress } = await import('./progress.js');

  const { keystore, named, identities } = job;
  const lineages = named?.map(({ name }) => name) ?? lineageFolders(keystore.folder);
  if (isToBeSealed) for (const lineage of lineages) settle(keystore.folder, lineage);
  const keys = lineages.flatMap((lineage) => sealedKeysOf(keystore.folder, lineage));
  const missing = (named ?? []).filter(({ name }) => !keys.some(({ lineage }) => lineage === name));
  const progress = startProgress(terminal, isToBeSealed ? 'resealing' : 'opening', keys.length);
  const opened: SealedKey[] = [];
  const say = (): void => {
    progress.stop();
    sayOpened(terminal, job, opened, isToBeSealed ? 'resealed' : 'would reseal');
  };
  const work = (): Promise<Finding[]> =>
    openEach(keys, identities, async (key, privateKey) => {
      if (isToBeSealed) await resealKey(keystore.folder, key, privateKey, job);
      opened.push(key);
      progress.advance();
    });
  const findings = await sayingAtEnd(say, work);
  return { opened: opened.length, total: keys.length, findings: [...findings, ...missing.map(missingFinding)] };
}

function sayOpened(
  terminal: Terminal,
  { json, recipientCount }: Job,
  opened: readonly SealedKey[],
  verb: string,
): void {
  if (json) {
    const rows = opened.map(({ lineage, label = null, path }) => ({
      ...{ lineage, generation: label, file: path },
      recipients: recipientCount,
    }));
    printJson(terminal, rows);
    return;
  }
  for (const { lineage, label = 'request' } of opened) printLine(terminal, `${verb} ${lineage} ${label}`);
}

function summarize(terminal: Terminal, { keystore, recipientCount }: Job, { opened, total }: Outcome): void {
  const keys = `${opened === total ? total : `${opened} of ${total}`} private ${total === 1 ? 'key' : 'keys'}`;
  printResult(terminal, `Sealed ${keys} to ${recipientCount} ${recipientCount === 1 ? 'recipient' : 'recipients'}.`);
  if (opened === 0) return;
  printResult(terminal, `Commit the folder ${pathFrom(terminal.cwd(), keystore.folder)} to Git.`);
  printResult(
    terminal,
    'Whoever has left may have copies of the keys, and the history of Git keeps the old files: only new keys end that ("vb365 renew --all", and "vb365 retire" once they are in use).',
  );
}
