import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { Vb365Error } from '../../lib/errors';
import { jsonWithoutCommands } from '../../lib/words/ci-commands';
import type { ReviewDocument, ReviewFailure } from '../../lib/review/document/document';
import { atOption, configOption, configurationFile, fileOption } from '../shell/command-options';
import { findPlanSources } from '../../lib/plan/plan-sources';
import { terraformProgram, withTerraformProgram } from '../../lib/system/terraform-program';
import { pathFrom, withPathsFrom } from '../../lib/words/printable';
import type { FoundContext, ReviewContextOptions } from '../steps/review-context';
import type { Runner } from '../shell/runner';
import type { TableStyle } from '../tables/plain-table';
import { type ExitCode, printError, printFindings, printResult, type Terminal, tableStyleOf } from '../shell/terminal';

type Format = 'markdown' | 'json' | 'text';

interface ReviewCommandOptions extends ReviewContextOptions {
  readonly base?: string;
  readonly format: Format;
  readonly failOn: 'block' | 'warn' | 'never';
  readonly out?: string;
  readonly force?: boolean;
  readonly marker?: string;
  readonly limit: number;
  readonly unplanned?: string;
  readonly expect?: string;
  readonly removed?: string;
}

export function addReviewCommand(program: Command, runner: Runner): void {
  program
    .command('review')
    .description('Say in plain words what Terraform plans change for whom, and what speaks against applying them.')
    .argument(
      '[plans...]',
      'JSON of "terraform show -json", binary plans, folders such as cdktf.out; - is standard input',
    )
    .addOption(configOption())
    .addOption(fileOption('--keystore <folder>', 'certificates to recognise (default: those of the configuration)'))
    .addOption(
      new Option(
        '--base <ref>',
        'the protected branch, whose rules count (default: origin/HEAD, origin/main or origin/master)',
      ),
    )
    .addOption(atOption())
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'markdown', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 1 from this verdict on')
        .choices(['block', 'warn', 'never'])
        .default('block'),
    )
    .addOption(fileOption('--out <file>', 'write it to a file, over an earlier review and nothing else'))
    .option('--unplanned <why>', 'not everything could be planned: that is the verdict, whatever the plans say')
    .option('--expect <stacks>', 'names of stacks that were to be planned, with blanks between: each needs a plan')
    .option('--removed <stacks>', 'names of stacks that nothing synthesizes any more, which a person has to destroy')
    .option('--force', 'write it over a file that is no review')
    .option('--marker <name>', 'tell several Markdown comments of one pull request apart', parseMarker)
    .option('--limit <characters>', 'longest Markdown, 2,000 or more; what does not fit is counted', parseLimit, 65_000)
    .addHelpText('after', HELP)
    .action(runner(review));
}

const HELP = `
In folders and those below: plan.json, <stack>.plan.json, tfplan.json, and binary plans: plan, tfplan, plan.out, <stack>.tfplan. Where both lie there, the binary one is reviewed, for it is what will be applied: terraform shows it, in its folder, with the providers and settings that it finds there. So pass artefacts of a pull request that you do not trust as JSON files, each by its name: a folder of theirs would choose which programs run, and which of its plans is reviewed.
Markdown begins with a hidden marker, by which a pipeline finds the comment to update. Comments hold 65,536 characters on GitHub, 150,000 on Azure DevOps, 1,000,000 on GitLab, 32,768 on Bitbucket.
The JSON is described by review.schema.json. No format holds a secret, whatever the plans hold.
Exit code 2 when a plan is missing or cannot be read: the others are reviewed all the same, and it counts as blocked.

Example:
  $ vb365 review cdktf.out
  $ terraform show -json plan | vb365 review - --format markdown --out review.md`;

async function review(terminal: Terminal, names: readonly string[], options: ReviewCommandOptions): Promise<ExitCode> {
  const { readReviewContext } = await import('../steps/review-context.js');

  const hasMore = [options.unplanned, options.expect, options.removed].some((option) => option !== undefined);
  if (names.length === 0 && !hasMore) throw nothingNamed();
  const found = await readReviewContext(terminal, options);
  const { keystore } = found;
  const { at, configuration } = found.context;
  if (configuration === undefined) return reviewWith(terminal, names, options, found);
  const { withProtectedBranch } = await import('../../lib/review/protected-branch.js');
  const head = { configuration, keystore, at };
  return withProtectedBranch(configurationFile(options, terminal), options.base, head, ({ base, problem }) => {
    const context = { ...found.context, ...(base !== undefined && { base }) };
    return reviewWith(terminal, names, options, { ...found, context }, problem);
  });
}

async function reviewWith(
  terminal: Terminal,
  names: readonly string[],
  options: ReviewCommandOptions,
  { context, notes }: FoundContext,
  problem?: string,
): Promise<ExitCode> {
  const { reviewDocument } = await import('../../lib/review/document/document.js');
  const { parseStackNames, stackRemoved, unplanned } = await import('../../lib/review/planning.js');
  const { reviewPlans } = await import('../../lib/review/review-plans.js');

  const expected = parseStackNames('--expect', options.expect ?? '');
  const removed = parseStackNames('--removed', options.removed ?? '').map(stackRemoved);
  const found = findPlanSources(terminal.cwd(), names);
  const reviewed = await reviewPlans(found.sources, context, terminal);
  const planning = unplanned({ failed: options.unplanned, expected }, found.sources, reviewed);
  const errors = [...planning, ...found.failures, ...reviewed.errors];
  const document = reviewDocument({
    at: context.at,
    stacks: reviewed.stacks.map((stack) => ({
      ...stack,
      findings: stack.findings.map((finding) => curedHere(terminal, finding)),
    })),
    failures: errors.map(({ error, name }) => failureOf(terminal, name, error)),
    removed: removed.map((error) => failureOf(terminal, error.subject ?? '', error)),
    notes: [...(problem === undefined ? [] : [problem]), ...notes, ...found.notes, ...reviewed.notes],
  });
  await put(terminal, document, options);
  // As text, the review has said it.
  if (options.format !== 'text' || options.out !== undefined)
    for (const { error } of errors) printError(terminal, error);
  if (errors.length > 0) return 2;
  return isTooBad(document, options.failOn) ? 1 : 0;
}

function nothingNamed(): Vb365Error {
  return new Vb365Error('usage', {
    message: 'no plan is named',
    cure: 'name plans or folders, such as "vb365 review cdktf.out"',
  });
}

async function put(terminal: Terminal, document: ReviewDocument, options: ReviewCommandOptions): Promise<void> {
  const isForPeople = options.out === undefined;
  const text = await render(
    document,
    options,
    isForPeople ? tableStyleOf(terminal) : { colour: false, width: undefined },
  );
  if (options.out === undefined) {
    terminal.stdout.write(text);
    return;
  }
  const { verdictSentence } = await import('../../lib/review/document/verdict-words.js');
  const { exposedDocuments } = await import('../shell/exposed-files.js');
  const { writeGenerated } = await import('../shell/write-generated.js');
  const file = writeGenerated(terminal, options.out, text, isReview, options.force === true);
  printResult(terminal, `Wrote ${pathFrom(terminal.cwd(), file)}: ${verdictSentence(document)}.`);
  printFindings(terminal, exposedDocuments([file]));
}

async function render(document: ReviewDocument, options: ReviewCommandOptions, style: TableStyle): Promise<string> {
  switch (options.format) {
    case 'json':
      return `${jsonWithoutCommands(JSON.stringify(document, undefined, 2))}\n`;
    case 'markdown': {
      const { renderMarkdown } = await import('../../lib/review/document/markdown.js');
      return renderMarkdown(document, { limit: options.limit, marker: options.marker });
    }
    case 'text': {
      const { reviewText } = await import('../tables/review-text.js');
      return reviewText(document, style);
    }
  }
}

/** By its beginning, whatever its format. */
function isReview(existing: string): boolean {
  return /^(?:<!-- vb365-review|Review of Terraform plans|\{\s*"\$schema": "[^"]*\/review\.schema\.json")/.test(
    existing,
  );
}

function isTooBad({ verdict }: ReviewDocument, failOn: ReviewCommandOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  return verdict === 'block' || (failOn === 'warn' && verdict === 'warn');
}

/** Others read the review: the folders of whoever made it are none of their business. */
function failureOf(terminal: Terminal, source: string, { code, cure, message }: Vb365Error): ReviewFailure {
  const cwd = terminal.cwd();
  return curedHere(terminal, { source, code, message: withPathsFrom(cwd, message), cure: withPathsFrom(cwd, cure) });
}

/** With the name of the terraform that is used here; where it lies is no business of others either. */
function curedHere<T extends { readonly cure: string }>({ env }: Terminal, told: T): T {
  const program = basename(terraformProgram(env));
  return { ...told, cure: withTerraformProgram(told.cure, { TERRAFORM_BINARY_NAME: program }) };
}

function parseMarker(text: string): string {
  if (!/^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$/.test(text) || text.length > 64) {
    throw new InvalidArgumentError('Give letters and digits, with single hyphens, dots or underscores between them.');
  }
  return text;
}

function parseLimit(text: string): number {
  const limit = /^\d{4,8}$/.test(text) ? Number(text) : 0;
  if (limit < 2_000) throw new InvalidArgumentError('Give a number of characters from 2000 on, such as 32000.');
  return limit;
}
