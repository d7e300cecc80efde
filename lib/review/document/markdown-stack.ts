import { certificateName, type ChangeRow, changeRows, hasChanges } from './change-rows';
import { credentialChart } from './credential-chart';
import { codeSpan, prose } from './markdown-text';
import type { StackSummary } from './document';
import { isSetLower } from '../review-stack';
import { countsSentence, verdictIcon, verdictWords } from './verdict-words';
import { counted } from '../../words/counted';

/** How much of a stack is told: a comment has a limit. */
export interface Fullness {
  /** Lines of a table or a list. */
  readonly rows: number;
  readonly chart: boolean;
  readonly detail: boolean;
}

/**
 * What changes in a stack: a table, a time line, and the rest folded. What `fullness` leaves out is counted.
 *
 * @param room characters that there are; no more is written than tells that they do not suffice
 * @returns undefined where they do not
 */
export function stackSection(stack: StackSummary, at: string, fullness: Fullness, room: number): string | undefined {
  const told: string[] = [];
  let length = 0;
  for (const part of sectionParts(stack, at, fullness)) {
    if (part === undefined || part === '') continue;
    told.push(part);
    length += part.length;
    if (length > room) return undefined;
  }
  return told.join('\n\n');
}

function* sectionParts(stack: StackSummary, at: string, fullness: Fullness): Generator<string | undefined> {
  const { owner, region, verdict } = stack;
  const about = [owner === 'data-cloud' ? 'Veeam Data Cloud' : owner, region].filter((part) => part !== null);
  yield `### ${verdictIcon(verdict, [stack])} ${codeSpan(stack.stack)}: ${verdictWords[verdict]}`;
  yield [...about.map(prose), countsSentence([stack])].join(' · ');
  yield changeTable(changeRows(stack), fullness.rows);
  if (fullness.chart) yield credentialChart(stack, at);
  if (fullness.detail) yield* folded(stack, fullness.rows);
  else yield leftOut(stack);
}

/** A table with what goes in capitals: a reviewer has a few seconds. */
function changeTable(rows: readonly ChangeRow[], limit: number): string {
  if (rows.length === 0) return '';
  const lines = rows
    .slice(0, limit)
    .map((row) => tableRow([mark(row), prose(row.thing), nameCell(row), prose(row.detail)]));
  return [
    tableRow(['change', 'what', 'name', 'detail']),
    tableRow(['---', '---', '---', '---']),
    ...lines,
    ...(rows.length > limit ? [tableRow(['…', `and ${counted(rows.length - limit, 'more line')}`, '', ''])] : []),
  ].join('\n');
}

function mark({ change, isLoss }: ChangeRow): string {
  if (isLoss) return `❗ **${change.toUpperCase()}**`;
  return change === 'added' || change === 'created' ? `**${change}**` : prose(change);
}

function nameCell({ name }: ChangeRow): string {
  return codeSpan(name);
}

/** Cells hold no line break and no bar: `codeSpan` and `prose` see to it. */
function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function* folded(stack: StackSummary, rows: number): Generator<string> {
  const { changes, credentials, drift, outputs } = stack;
  const notes = notesOf(stack);
  yield fold(counted(notes.length, 'note'), list(notes, rows, findingText));
  yield fold(
    counted(credentials.length, 'certificate'),
    list(credentials, rows, (credential) => {
      const { change, thumbprint, validTo } = credential;
      const facts = [
        thumbprint === null ? '' : codeSpan(thumbprint),
        validTo === null ? '' : `until ${validTo.slice(0, 10)}`,
      ];
      return [codeSpan(certificateName(credential)), change, ...facts].filter((fact) => fact !== '').join(', ');
    }),
  );
  yield fold(
    counted(changes.length, 'changed resource'),
    list(
      changes,
      rows,
      ({ address, effect, imported }) => `${effect}${imported ? ', imported' : ''} ${codeSpan(address)}`,
    ),
  );
  yield fold(
    counted(outputs.length, 'changed output'),
    list(outputs, rows, (name) => codeSpan(name)),
  );
  yield fold(
    `${counted(drift.length, 'resource')} different from the last apply, as Terraform sees it`,
    list(drift, rows, ({ address, effect }) => `${effect} ${codeSpan(address)}`),
  );
}

/** A message and its cure, on two lines of a list entry. */
export function findingText(finding: Finding): string {
  const { cure, id, message } = finding;
  const second = ['**Cure:**', sentence(cure), codeSpan(id), reasonOf(finding)].join(' ').trimEnd();
  return `${sentence(message)}  \n  ${second}`;
}

/** Those that are notes by themselves; the others are told where everybody sees them. */
function notesOf({ findings }: StackSummary): Finding[] {
  return findings.filter((finding) => finding.severity === 'note' && !isSetLower(finding));
}

type Finding = StackSummary['findings'][number];

/** With a full stop, and a capital letter where it begins with a word. */
export function sentence(text: string): string {
  const safe = prose(text);
  return safe.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) + (/[.!?]$/.test(safe) ? '' : '.');
}

function list<T>(items: readonly T[], limit: number, line: (item: T) => string): string[] {
  const lines = items.slice(0, limit).map((item) => `- ${line(item)}`);
  return items.length > limit ? [...lines, `- … and ${items.length - limit} more`] : lines;
}

/** The summary is a line of HTML: it holds nothing that others wrote. */
export function fold(summary: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

function leftOut(stack: StackSummary): string {
  const { changes, credentials, drift, outputs } = stack;
  const counts: readonly (readonly [number, string])[] = [
    [notesOf(stack).length, 'note'],
    [credentials.length, 'certificate'],
    [changes.length, 'changed resource'],
    [outputs.length, 'changed output'],
    [drift.length, 'drifted resource'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun));
  return told.length === 0 ? '' : `_Folded detail is left out to fit the comment: ${told.join(', ')}._`;
}

function reasonOf({ reason, ruleSeverity, severity }: Finding): string {
  return reason === null ? '' : `(set from ${ruleSeverity} to ${severity} in the configuration: ${prose(reason)})`;
}

/** One line of the table of all stacks. */
export function overviewRow(stack: StackSummary): string {
  const blocks = stack.findings.filter(({ severity }) => severity === 'block').length;
  const warns = stack.findings.filter(({ severity }) => severity === 'warn').length;
  const { create, destroy, replace, update } = stack.counts;
  const lost = destroy + replace;
  return tableRow([
    `${verdictIcon(stack.verdict, [stack])} ${verdictWords[stack.verdict]}`,
    codeSpan(stack.stack),
    String(create + replace),
    String(update),
    lost === 0 ? '0' : `**${lost}**`,
    [blocks > 0 ? `${blocks} blocking` : '', warns > 0 ? counted(warns, 'warning') : '']
      .filter((part) => part !== '')
      .join(', '),
  ]);
}

export function overviewHead(): string {
  return [
    tableRow(['verdict', 'stack', 'add', 'change', 'destroy', 'found']),
    tableRow(['---', '---', '--:', '--:', '--:', '---']),
  ].join('\n');
}

/** Whether there is anything to say about it beyond its name. */
export function isQuiet(stack: StackSummary): boolean {
  const { findings, verdict } = stack;
  return !hasChanges(stack) && (verdict === 'clean' || verdict === 'note') && !findings.some(isSetLower);
}
