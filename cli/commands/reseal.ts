import type { Command } from 'commander';
import type { LineageDeclaration } from '../../lib/config/lineages';
import type { Finding } from '../../lib/findings';
import type { Keystore } from '../../lib/keystore/keystore';
import type { KeystoreLock } from '../../lib/keystore/lock';
import type { Resealing } from '../../lib/keystore/sealing/reseal';
import type { SealedKey } from '../../lib/keystore/sealing/sealed-keys';
import { configOption, configurationFile, type ConfigOption, jsonOption } from '../shell/command-options';
import { pathFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printJson, printLine, printResult, type Terminal } from '../shell/terminal';
import { underLock } from '../shell/under-lock';

interface ResealCommandOptions extends ConfigOption {
  readonly withoutMe?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const NOTHING = 'Nothing to reseal: the keystore holds no private key.';

/** Which keys, and who opens them. */
interface ResealJob {
  readonly keystore: Keystore;
  /** Undefined for all of the keystore. */
  readonly named: readonly LineageDeclaration[] | undefined;
  readonly identities: readonly string[];
  /** Recipients of the identities, in their order. */
  readonly own: readonly string[];
  readonly withoutMe: boolean;
  readonly json: boolean;
}

/** To whom. */
interface NewSeal extends Resealing {
  readonly recipientCount: number;
}

/** How many keys were opened, of how many there are. */
interface Outcome {
  readonly opened: number;
  readonly total: number;
  readonly recipientCount: number;
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
Only new keys end that: "vb365 renew" with --all or some lineages, "vb365 request <lineage> --renew-key" for a request that waits, and "vb365 retire" once they are in use.
Exit code 1 when a key cannot be opened: it stays as it is, and the others are resealed.

Example:
  $ vb365 reseal --dry-run`,
    )
    .action(runner(reseal));
}

async function reseal(terminal: Terminal, names: readonly string[], options: ResealCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { readIdentities } = await import('../../lib/keystore/sealing/identity.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { findLineages } = await import('../steps/find-lineage.js');
  const { identityPath } = await import('../steps/identity-path.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const named = names.length > 0 ? findLineages(configuration, names) : undefined;
  const keystore = new Keystore(configuration.keystore);
  const { findings, identities, recipients: own } = await readIdentities(await identityPath(terminal));
  printFindings(terminal, findings);
  const [withoutMe, json] = [options.withoutMe === true, options.json === true];
  const job: ResealJob = { keystore, named, identities, own, withoutMe, json };
  // Before anybody waits: what is wrong with the list is said at once.
  const seal = await newSeal(job);
  const isRehearsal = options.dryRun === true;
  const outcome = isRehearsal
    ? await openAll(terminal, job, seal)
    : await underLock(terminal, keystore, async (lock) => openAll(terminal, job, await newSeal(job), lock));
  if (!json && outcome.total + outcome.findings.length === 0) printResult(terminal, NOTHING);
  if (!json && !isRehearsal && outcome.total > 0) summarize(terminal, job, outcome);
  printFindings(terminal, outcome.findings);
  return outcome.findings.length > 0 ? 1 : 0;
}

/** @throws Vb365Error `recipients-missing`, `recipients-invalid`, `recipients-without-you` */
async function newSeal({ keystore: { recipientsFile }, identities, own, withoutMe }: ResealJob): Promise<NewSeal> {
  const { readRecipients } = await import('../../lib/keystore/sealing/recipients.js');
  const { refuseLockOut } = await import('../../lib/keystore/sealing/reseal.js');
  const { Sealer } = await import('../../lib/keystore/sealing/sealing.js');

  const recipients = await readRecipients(recipientsFile);
  if (!withoutMe) refuseLockOut(own, recipients, recipientsFile);
  const provenBy = identities.filter((_, index) => recipients.includes(own[index] ?? ''));
  return { sealer: await Sealer.create(recipients), provenBy, recipientCount: recipients.length };
}

/**
 * Opens every key, seals it anew, and says which were opened.
 *
 * @param lock without it, nothing is written
 */
async function openAll(terminal: Terminal, job: ResealJob, seal: NewSeal, lock?: KeystoreLock): Promise<Outcome> {
  const { lineageFolders } = await import('../../lib/keystore/listing.js');
  const { openEach, resealKey, settle } = await import('../../lib/keystore/sealing/reseal.js');
  const { sealedKeysOf } = await import('../../lib/keystore/sealing/sealed-keys.js');
  const { missingFinding } = await import('../../lib/lifecycle/issue/missing.js');
  const { sayingAtEnd } = await import('../shell/interrupted.js');
  const { startProgress } = await import('../shell/progress.js');

  const { keystore, named, identities, json } = job;
  const { recipientCount } = seal;
  const lineages = named?.map(({ name }) => name) ?? lineageFolders(keystore.folder);
  if (lock !== undefined) for (const lineage of lineages) settle(keystore.folder, lineage);
  const keys = lineages.flatMap((lineage) => sealedKeysOf(keystore.folder, lineage));
  const missing = (named ?? []).filter(({ name }) => !keys.some(({ lineage }) => lineage === name));
  const progress = startProgress(terminal, lock === undefined ? 'opening' : 'resealing', keys.length);
  const opened: SealedKey[] = [];
  const say = (): void => {
    progress.stop();
    if (json)
      printJson(
        terminal,
        opened.map((key) => rowOf(key, recipientCount)),
      );
    else sayOpened(terminal, opened, lock === undefined ? 'would reseal' : 'resealed');
  };
  const work = (): Promise<Finding[]> =>
    openEach(keys, identities, async (each) => {
      lock?.requireHeld();
      const finding = lock === undefined ? undefined : await resealKey(keystore.folder, each, seal);
      if (finding === undefined) opened.push(each.key);
      progress.advance();
      return finding;
    });
  const findings = [...(await sayingAtEnd(say, work)), ...missing.map(missingFinding)];
  return { opened: opened.length, total: keys.length, recipientCount, findings };
}

/** A row of `--json`. */
function rowOf(key: SealedKey, recipients: number): Readonly<Record<string, string | number | null>> {
  const generation = key.of === 'generation' ? key.label : null;
  return { lineage: key.lineage, generation, file: key.path, recipients };
}

function sayOpened(terminal: Terminal, opened: readonly SealedKey[], verb: string): void {
  for (const key of opened) {
    printLine(terminal, `${verb} ${key.lineage} ${key.of === 'generation' ? key.label : 'request'}`);
  }
}

function summarize(terminal: Terminal, { keystore }: ResealJob, { opened, total, recipientCount }: Outcome): void {
  const keys = `${opened === total ? total : `${opened} of ${total}`} private ${total === 1 ? 'key' : 'keys'}`;
  printResult(terminal, `Sealed ${keys} to ${recipientCount} ${recipientCount === 1 ? 'recipient' : 'recipients'}.`);
  if (opened === 0) return;
  printResult(terminal, 'Run "vb365 audit": what was attested before speaks of the files before.');
  printResult(terminal, `Commit the folder ${pathFrom(terminal.cwd(), keystore.folder)} to Git.`);
  printResult(
    terminal,
    'Whoever has left may have copies of the keys, and the history of Git keeps the old files: only new keys end that ("vb365 renew --all", "vb365 request <lineage> --renew-key" for a request that waits, and "vb365 retire" once they are in use).',
  );
}
