import type { Command } from 'commander';
import type { LineageDeclaration } from '../../lib/config/lineages';
import type { Finding } from '../../lib/findings';
import type { AuditedKey } from '../../lib/keystore/attestation/audit';
import type { Keystore } from '../../lib/keystore/keystore';
import type { KeystoreLock } from '../../lib/keystore/lock';
import type { Identities } from '../../lib/keystore/sealing/identity';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from '../shell/command-options';
import { counted } from '../../lib/words/counted';
import { pathFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printJson, printLine, printResult, type Terminal } from '../shell/terminal';
import { underLock } from '../shell/under-lock';

interface AuditCommandOptions extends ConfigOption, AtOption {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Which keys, and who opens them. */
interface AuditJob {
  readonly keystore: Keystore;
  /** Undefined for all of the keystore. */
  readonly named: readonly LineageDeclaration[] | undefined;
  readonly identities: Identities;
  readonly at: Date;
  readonly json: boolean;
}

interface Outcome {
  readonly opened: readonly AuditedKey[];
  readonly findings: readonly Finding[];
}

export function addAuditCommand(program: Command, runner: Runner): void {
  program
    .command('audit')
    .description('Open every private key, compare it with its certificate, and sign what was seen.')
    .argument('[lineages...]', 'lineages to look at (default: all that the keystore holds)')
    .addOption(configOption())
    .addOption(atOption())
    .option('--dry-run', 'open and compare every key, and write nothing')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs an identity that opens the keys. That a certificate lies in the keystore says nothing of its key: whoever can push can plant both. What was opened is attested in 0001.attestation beside the certificate, signed with a key that follows from the identity; its public half stands in recipients.txt, above the recipient. A review then says who has opened the key of a new generation. A key that was sealed anew has to be opened anew.
Exit code 1 when a key does not open, holds nothing, is not that of its certificate, or serves a lineage that it must not.

Example:
  $ vb365 audit
  $ vb365 audit --dry-run contoso/entra-application`,
    )
    .action(runner(audit));
}

async function audit(terminal: Terminal, names: readonly string[], options: AuditCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { readIdentities } = await import('../../lib/keystore/sealing/identity.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { findLineages } = await import('../steps/find-lineage.js');
  const { identityPath } = await import('../steps/identity-path.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const named = names.length > 0 ? findLineages(configuration, names) : undefined;
  const keystore = new Keystore(configuration.keystore);
  const identities = await readIdentities(await identityPath(terminal));
  printFindings(terminal, identities.findings);
  const job: AuditJob = { keystore, named, identities, at: now(options), json: options.json === true };
  const { findings, opened } =
    options.dryRun === true
      ? await openAll(terminal, job)
      : await underLock(terminal, keystore, (lock) => openAll(terminal, job, lock));
  if (!job.json) summarize(terminal, keystore, opened);
  printFindings(terminal, findings);
  return findings.some(({ severity }) => severity !== 'advice') ? 1 : 0;
}

/**
 * Opens every key, and attests what was opened.
 *
 * @param lock without it, nothing is written
 */
async function openAll(terminal: Terminal, job: AuditJob, lock?: KeystoreLock): Promise<Outcome> {
  const { auditKeys } = await import('../../lib/keystore/attestation/audit.js');
  const { lineageFolders } = await import('../../lib/keystore/listing.js');
  const { settle } = await import('../../lib/keystore/sealing/reseal.js');
  const { sealedKeysOf } = await import('../../lib/keystore/sealing/sealed-keys.js');
  const { missingFinding } = await import('../../lib/lifecycle/issue/missing.js');
  const { sayingAtEnd } = await import('../shell/interrupted.js');
  const { startProgress } = await import('../shell/progress.js');
  const { prepareSigning } = await import('../steps/signing.js');

  const { at, identities, json, keystore, named } = job;
  const lineages = named?.map(({ name }) => name) ?? lineageFolders(keystore.folder);
  const { key, ...signing } = prepareSigning(terminal, keystore.recipientsFile, identities, lock !== undefined);
  if (lock !== undefined) for (const lineage of lineages) settle(keystore.folder, lineage);
  const missing = (named ?? []).filter(({ name }) => !keystore.has(name));
  const count = lineages.flatMap((lineage) => sealedKeysOf(keystore.folder, lineage)).length;
  const progress = startProgress(terminal, 'opening', count);
  const opened: AuditedKey[] = [];
  const say = (): void => {
    progress.stop();
    if (json) printJson(terminal, opened.map(rowOf));
    else
      for (const each of opened)
        printLine(terminal, `${each.attested === 'now' ? 'attested' : 'opened'} ${nameOf(each)}`);
  };
  const onOpened = (each: AuditedKey): void => {
    opened.push(each);
    progress.advance();
  };
  const attesting = lock && key && { key, at, lock };
  const work = (): Promise<Finding[]> =>
    auditKeys(keystore, { lineages, identities: identities.identities, onOpened, ...(attesting && { attesting }) });
  const found = await sayingAtEnd(say, work);
  return { opened, findings: [...signing.findings, ...found, ...missing.map(missingFinding)] };
}

/** A row of `--json`. */
function rowOf({ attested, key }: AuditedKey): Readonly<Record<string, string | null>> {
  return { lineage: key.lineage, generation: key.of === 'generation' ? key.label : null, file: key.path, attested };
}

function nameOf({ key }: AuditedKey): string {
  return `${key.lineage} ${key.of === 'generation' ? key.label : 'request'}`;
}

function summarize(terminal: Terminal, { folder }: Keystore, opened: readonly AuditedKey[]): void {
  const anew = opened.filter(({ attested }) => attested === 'now').length;
  const which = opened.length === 1 ? 'it' : 'each of them';
  printResult(terminal, `Opened ${counted(opened.length, 'private key')}, and compared ${which} with its certificate.`);
  if (anew === 0) return;
  printResult(terminal, `Attested ${anew} anew: commit the folder ${pathFrom(terminal.cwd(), folder)} to Git.`);
}
