import { BoundedText } from './bounded-text';
import {
  type Fullness,
  fold,
  isQuiet,
  overviewHead,
  overviewRow,
  findingText,
  sentence,
  stackSection,
} from './markdown-stack';
import { codeSpan } from './markdown-text';
import type { ReviewDocument, ReviewFailure, StackSummary } from './document';
import { isSetLower } from '../review-stack';
import { countFindings, countsSentence, severityIcon, verdictIcon, verdictSentence } from './verdict-words';
import { counted, formatCount } from '../../words/counted';

/** How long the comment may get, and by what a pipeline finds it again. */
export interface MarkdownOptions {
  /** Characters at most; 2,000 or more. GitHub takes 65,536 in a comment, Azure DevOps 150,000, GitLab 1,000,000, Bitbucket 32,768. */
  readonly limit: number;
  /** Where a pull request has several such comments: letters, digits, hyphens. */
  readonly marker?: string | undefined;
}

/** For the last line, which says what is left out. */
const RESERVED = 300;

/** Parts of the comment after which nothing more of a kind is told, so that the next kind has room, too. */
const FINDINGS_UNTIL = 0.55;
const OVERVIEW_UNTIL = 0.7;
const QUIET_UNTIL = 0.8;

/** Names of stacks that do not change. */
const MOST_QUIET = 200;

/** From everything to what a person must see. */
const FULLNESS: readonly Fullness[] = [
  { rows: 500, chart: true, detail: true },
  { rows: 60, chart: true, detail: true },
  { rows: 25, chart: true, detail: false },
  { rows: 8, chart: false, detail: false },
];

/** Of what limits the review. */
const MOST_NOTES = 5;

/** As many characters as a stack wants at least, which those before it leave to it. */
const SHARE = 800;

/**
 * A review as a comment on a pull request: verdict, what speaks against it, all stacks, then each that changes, the worst first.
 *
 * It never has more characters than the limit; what does not fit is counted. It begins with a hidden marker, by which the next
 * review finds the comment to update. What others wrote stands in it as text, never as markup or as a reference.
 */
export function renderMarkdown(review: ReviewDocument, { limit, marker }: MarkdownOptions): string {
  const comment = new BoundedText(limit - RESERVED);
  addHead(comment, review, marker);
  addFindings(comment, review, limit);
  addOverview(comment, review, limit);
  addStacks(comment, review);
  return `${comment.text}${leftOut(comment)}\n`;
}

/** The first line of the comment, by which it is found again. */
function markerLine(marker?: string): string {
  return `<!-- vb365-review${marker === undefined ? '' : `: ${marker}`} -->`;
}

function leftOut({ left }: BoundedText): string {
  if (left.length === 0) return '';
  return `\n\n**Left out to fit the comment:** ${left.join('; ')}. ${codeSpan('vb365 review --format text')} shows everything.`;
}

/** The verdict and the counts always fit; what limits the review, nearly always. */
function addHead(comment: BoundedText, review: ReviewDocument, marker: string | undefined): void {
  const { notes } = review;
  const shown = notes.slice(0, MOST_NOTES).map((note) => `> ${sentence(note)}`);
  if (notes.length > MOST_NOTES) shown.push(`> And ${counted(notes.length - MOST_NOTES, 'more note')}.`);
  comment.add(head(review, marker));
  if (shown.length > 0 && !comment.add(shown.join('\n>\n'))) comment.leave(counted(notes.length, 'note'));
}

function head(review: ReviewDocument, marker: string | undefined): string {
  const { at, stacks, verdict } = review;
  const { block, warn } = countFindings(review);
  const found = [
    ...(block > 0 ? [`**${formatCount(block)} blocking**`] : []),
    ...(warn > 0 ? [counted(warn, 'warning')] : []),
  ];
  return [
    markerLine(marker),
    '',
    `## ${verdictIcon(verdict, stacks)} ${verdictSentence(review)}`,
    '',
    [countsSentence(stacks), ...found, `as of ${at.slice(0, 10)}`].join(' · '),
  ].join('\n');
}

function addFindings(comment: BoundedText, review: ReviewDocument, limit: number): void {
  const found = review.stacks.flatMap(({ findings, stack }) => findings.map((finding) => ({ stack, finding })));
  const blocks = [...review.failures.map(notReviewed), ...found.filter(({ finding }) => finding.severity === 'block')];
  const warnings = [
    ...review.removed.map((stack) => ({ stack: stack.source, finding: asFinding(stack, 'warn') })),
    ...found.filter(({ finding }) => finding.severity === 'warn'),
  ];
  const lower = found.filter(({ finding }) => finding.severity === 'note' && isSetLower(finding));
  const until = Math.floor(limit * FINDINGS_UNTIL);
  const rest = { line: findingLine, until, lineOf: (more: string): string => `- … and ${more}` };
  comment.addLines({
    ...{ ...rest, heading: `### What blocks (${formatCount(blocks.length)})\n`, items: blocks },
    more: (count) => `${formatCount(count)} more that block`,
  });
  comment.addLines({
    ...{ ...rest, heading: `### What to read (${formatCount(warnings.length)})\n`, items: warnings },
    more: (count) => counted(count, 'more warning'),
  });
  comment.addLines({
    ...{ ...rest, heading: `### What the configuration makes a note (${formatCount(lower.length)})\n`, items: lower },
    more: (count) => `${formatCount(count)} more that the configuration makes a note`,
  });
}

interface Found {
  /** Undefined where there is no plan, or none that could be read. */
  readonly stack: string | undefined;
  readonly finding: StackSummary['findings'][number];
}

function notReviewed(failure: ReviewFailure): Found {
  return { stack: undefined, finding: asFinding(failure, 'block') };
}

function asFinding(
  { code, cure, message, source }: ReviewFailure,
  severity: 'block' | 'warn',
): StackSummary['findings'][number] {
  return { severity, ruleSeverity: severity, reason: null, id: code, subject: source, message, cure };
}

function findingLine({ finding, stack }: Found): string {
  const head = stack === undefined ? '**Not reviewed:**' : `${codeSpan(stack)}:`;
  return `- ${severityIcon(finding.severity)} ${head} ${findingText(finding)}`;
}

function addOverview(comment: BoundedText, { stacks }: ReviewDocument, limit: number): void {
  if (stacks.length < 2) return;
  const quiet = stacks.filter(isQuiet);
  comment.addLines({
    heading: `### Stacks\n\n${overviewHead()}`,
    items: stacks.filter((stack) => !isQuiet(stack)),
    line: overviewRow,
    until: Math.floor(limit * OVERVIEW_UNTIL),
    more: (count) => counted(count, 'more stack'),
    lineOf: (more) => `| … | and ${more} | | | | |`,
  });
  if (quiet.length === 0) return;
  const summary = `${counted(quiet.length, 'stack')} without changes`;
  const names = quiet
    .slice(0, MOST_QUIET)
    .map(({ stack }) => codeSpan(stack))
    .join(', ');
  const rest = quiet.length > MOST_QUIET ? ` and ${quiet.length - MOST_QUIET} more` : '';
  const isTold =
    comment.add(fold(summary, [names + rest]), Math.floor(limit * QUIET_UNTIL)) || comment.add(`${summary}.`);
  if (!isTold) comment.leave(summary);
}

/** Each as full as it can be while those after it keep a share. */
function addStacks(comment: BoundedText, { at, stacks }: ReviewDocument): void {
  const told = stacks.filter((stack) => stacks.length === 1 || !isQuiet(stack));
  for (const [index, stack] of told.entries()) {
    const room = comment.limit - comment.text.length;
    const kept = Math.min(room / 2, SHARE * (told.length - index - 1));
    const fits = FULLNESS.some((fullness, level) => {
      const limit = level === FULLNESS.length - 1 ? comment.limit : comment.limit - kept;
      const section = stackSection(stack, at, fullness, limit - comment.text.length);
      return section !== undefined && comment.add(section, limit);
    });
    if (fits) continue;
    comment.leave(`what changes in ${counted(told.length - index, 'stack')}`);
    return;
  }
}
