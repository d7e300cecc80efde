import { type Command, InvalidArgumentError } from 'commander';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import type { Finding } from '../../lib/findings';
import type { Generation } from '../../lib/keystore/keystore';
import type { IssueAllOptions } from '../../lib/lifecycle/issue/issue-missing';
import type { Inventory, MissingLineages, Shard } from '../../lib/lifecycle/issue/missing';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  now,
} from '../shell/command-options';
import { pathFrom } from '../../lib/words/printable';
import { keysAtOnce } from '../shell/keys-at-once';
import type { Runner } from '../shell/runner';
import {
  type ExitCode,
  isContinuousIntegration,
  printFindings,
  printLine,
  printResult,
  type Terminal,
} from '../shell/terminal';
import { warnAboutCdktfCli } from '../steps/cdktf-cli';
import { noteSample } from '../steps/note-sample';

interface IssueCommandOptions extends ConfigOption, AtOption {
  readonly ci?: boolean;
  readonly dryRun?: boolean;
  readonly shard?: Shard;
}

/** Lineages of the configuration, or of one part of it, and the folder that should hold them. */
interface Wanted {
  /** Every lineage of the configuration. */
  readonly declared: readonly LineageDeclaration[];
  readonly lineages: readonly LineageDeclaration[];
  /** What is wrong with others, which are left alone. */
  readonly damage: readonly Finding[];
  readonly keystore: string;
  readonly at: Date;
}

export function addIssueCommand(program: Command, runner: Runner): void {
  program
    .command('issue')
    .description('Issue every certificate that the configuration needs and the keystore does not have.')
    .addOption(configOption())
    .addOption(atOption())
    .option('--dry-run', 'read and judge everything, and write nothing')
    .option('--shard <i/n>', 'look at every n-th lineage only, beginning with the i-th', parseShard)
    .option('--ci', 'issue although CI is set, to recipients that are there')
    .addHelpText(
      'after',
      `
Where CI is set, nothing is issued: it is an error if a certificate is missing.
At a workstation without an identity or recipients, both are made first.
Exit code 1 when certificates are left to be imported, or a dry run finds something to do; 2 when a lineage is damaged, which is left alone.

Example:
  $ vb365 issue --dry-run`,
    )
    .action(runner(issue));
}

async function issue(terminal: Terminal, options: IssueCommandOptions): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { glanceAtKept } = await import('../../lib/lifecycle/attention.js');
  const { setDamagedApart } = await import('../../lib/lifecycle/damage.js');
  const { ofShard, takeInventory } = await import('../../lib/lifecycle/issue/missing.js');

  const file = configurationFile(options, terminal);
  const configuration = readConfiguration(file);
  const declared = lineagesOf(configuration);
  const lineages = options.shard ? ofShard(declared, options.shard) : declared;
  const { damage, sound } = await setDamagedApart(lineages, configuration.keystore);
  const wanted: Wanted = { declared, lineages: sound, damage, keystore: configuration.keystore, at: now(options) };
  const inventory = takeInventory(sound, wanted.keystore);
  const { kept, toImport, toIssue } = inventory;
  const mayIssue = options.ci === true || !isContinuousIntegration(terminal.env);

  if (toIssue.length > 0) {
    const { requireRightClock } = await import('../steps/right-clock.js');
    const { refuseImpossibleValidity } = await import('../../lib/lifecycle/issue/issue-missing.js');
    if (mayIssue) await requireRightClock(options, wanted.keystore);
    refuseImpossibleValidity(toIssue, wanted.at);
  }
  if (options.dryRun === true) return dryRun(terminal, wanted, inventory, mayIssue);
  if (toIssue.length + toImport.length === 0) {
    printResult(terminal, nothingToIssue(wanted));
  } else if (!mayIssue) {
    printPlan(terminal, inventory);
    printFindings(terminal, [...damage, ...(await undeclaredBeside(inventory, wanted))]);
    throw missingInCi(inventory);
  }
  if (toIssue.length > 0) await issueMissing(terminal, wanted);
  warnAboutCdktfCli(terminal, file);
  // Those that are about to end stop no deployment: it may be the one that renews them.
  const { doubtful, findings } = glanceAtKept(kept, wanted.at);
  const unfit = doubtful.length > 0 ? await judgeDoubtful(doubtful, wanted) : [];
  const left = [...(await findingsOf(toImport, wanted.keystore)), ...(await undeclaredBeside(inventory, wanted))];
  printFindings(terminal, [...damage, ...findings, ...unfit, ...left]);
  noteSample(terminal, configuration);
  if (damage.length > 0) return 2;
  return toImport.length > 0 ? 1 : 0;
}

/** What is left to a person, who may have asked a certification authority for it. */
async function findingsOf(toImport: readonly LineageDeclaration[], keystore: string): Promise<Finding[]> {
  if (toImport.length === 0) return [];
  const { awaitingAnswer } = await import('../../lib/lifecycle/import/awaiting-answer.js');
  const { missingFinding } = await import('../../lib/lifecycle/issue/missing.js');
  return toImport.map((declaration) => awaitingAnswer(missingFinding(declaration), declaration.name, keystore));
}

/** Where certificates are missing, those that nothing declares may be theirs: of an owner that was renamed. */
async function undeclaredBeside(
  { toImport, toIssue }: MissingLineages,
  { declared, keystore }: Wanted,
): Promise<Finding[]> {
  if (toIssue.length + toImport.length === 0) return [];
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { findUndeclared } = await import('../../lib/lifecycle/undeclared.js');
  const names = declared.map(({ name }) => name);
  return findUndeclared(names, new Keystore(keystore).lineages());
}

async function judgeDoubtful(doubtful: readonly LineageDeclaration[], { at, keystore }: Wanted): Promise<Finding[]> {
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { judgeLineage, warnAboutUnfit } = await import('../../lib/lifecycle/judgement.js');
  const { readLineages } = await import('../../lib/lifecycle/read-generations.js');
  const lineages = readLineages(doubtful, new Keystore(keystore));
  return lineages.flatMap((lineage) => warnAboutUnfit(judgeLineage(lineage, at)));
}

async function dryRun(terminal: Terminal, wanted: Wanted, missing: Inventory, mayIssue: boolean): Promise<ExitCode> {
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { glanceAtKept } = await import('../../lib/lifecycle/attention.js');
  const { judgeAll } = await import('../../lib/lifecycle/judge-all.js');
  const { rehearseSealer } = await import('../steps/prepare-sealer.js');

  const keystore = new Keystore(wanted.keystore);
  const judged = judgeAll(wanted.declared, keystore, wanted.at);
  const findings = [...judged.findings, ...glanceAtKept(missing.kept, wanted.at).findings];
  printFindings(terminal, findings);
  printPlan(terminal, missing);
  const count = missing.toIssue.length + missing.toImport.length;
  if (count === 0) printResult(terminal, nothingToIssue(wanted));
  if (missing.toIssue.length > 0 && mayIssue) await rehearseSealer(terminal, keystore);
  if (wanted.damage.length > 0) return 2;
  return count > 0 || findings.some(({ severity }) => severity !== 'advice') ? 1 : 0;
}

async function issueMissing(terminal: Terminal, { at, keystore: folder, lineages }: Wanted): Promise<void> {
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { findMissing } = await import('../../lib/lifecycle/issue/missing.js');
  const { prepareSealer } = await import('../steps/prepare-sealer.js');
  const { underLock } = await import('../shell/under-lock.js');

  const keystore = new Keystore(folder);
  const makeSealer = await prepareSealer(terminal, keystore, at);
  const work = async (): Promise<number> => {
    // Another process may have issued some while this one waited for the lock.
    const { toIssue } = findMissing(lineages, folder);
    await issueWithProgress(terminal, toIssue, { keystore, sealer: await makeSealer(), at });
    return toIssue.length;
  };
  const count = await underLock(terminal, keystore, work);
  const shown = pathFrom(terminal.cwd(), folder);
  printResult(
    terminal,
    count > 0
      ? `Commit the folder ${shown} to Git: private keys in it are sealed.`
      : 'Nothing left to issue: another command has issued it meanwhile.',
  );
}

async function issueWithProgress(
  terminal: Terminal,
  toIssue: readonly LineageDeclaration[],
  { keystore, sealer, at }: Pick<IssueAllOptions, 'keystore' | 'sealer' | 'at'>,
): Promise<void> {
  const { issueAll } = await import('../../lib/lifecycle/issue/issue-missing.js');
  const { sayingAtEnd } = await import('../shell/interrupted.js');
  const { startProgress } = await import('../shell/progress.js');

  const issued: string[] = [];
  const progress = startProgress(terminal, 'issuing', toIssue.length);
  const onIssued = ({ lineage, label }: Generation): void => {
    issued.push(`issued ${lineage} ${label}`);
    progress.advance();
  };
  const sayIssued = (): void => {
    progress.stop();
    for (const line of issued.sort()) printLine(terminal, line);
  };
  const concurrency = keysAtOnce();
  // After a failure, too: what was issued stays.
  await sayingAtEnd(sayIssued, () => issueAll(toIssue, { keystore, sealer, at, concurrency, onIssued }));
}

function printPlan(terminal: Terminal, { toImport, toIssue }: MissingLineages): void {
  for (const { name, policy } of toIssue) {
    const days = `${policy.validityDays} ${policy.validityDays === 1 ? 'day' : 'days'}`;
    printLine(terminal, `missing ${name}: to be issued, RSA ${policy.keySize}, valid for ${days}`);
  }
  for (const { name } of toImport) printLine(terminal, `missing ${name}: to be imported`);
}

function nothingToIssue({ lineages: { length }, damage }: Wanted): string {
  if (damage.length > 0) return 'Nothing to issue beside what is damaged.';
  const reason = length === 0 ? 'no certificate is asked for' : `none of ${length} certificates is missing`;
  return `Nothing to issue: ${reason}.`;
}

function missingInCi({ toImport, toIssue }: MissingLineages): Vb365Error {
  const count = toIssue.length + toImport.length;
  const lineage = toImport.length === 1 ? toImport[0]?.name : '<lineage>';
  const commands = [
    ...(toIssue.length > 0 ? ['"vb365 issue"'] : []),
    ...(lineage !== undefined && toImport.length > 0 ? [`"vb365 import ${lineage} <file>"`] : []),
  ];
  return new Vb365Error('certificates-missing', {
    message: `${count === 1 ? 'a certificate is' : `${count} certificates are`} missing from the keystore, and CI is set: nothing is issued here`,
    cure: `run ${commands.join(' and ')} at a workstation, and commit the keystore`,
  });
}

function parseShard(text: string): Shard {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index <= shard.count)) throw new InvalidArgumentError('Give i/n with 1 ≤ i ≤ n, such as 2/8.');
  return shard;
}
