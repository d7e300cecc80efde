import Table from 'cli-table3';
import { createColors } from 'picocolors';
import { changeRows } from '../../lib/review/document/change-rows';
import { isQuiet } from '../../lib/review/document/markdown-stack';
import type { ReviewDocument, ReviewFailure, StackSummary } from '../../lib/review/document/document';
import { countsSentence, verdictSentence, verdictWords } from '../../lib/review/document/verdict-words';
import { printable } from '../../lib/words/printable';
import { PLAIN_COLUMNS } from './status-table';
import { counted } from '../../lib/words/counted';

type Colours = ReturnType<typeof createColors>;

/** By this, a review is known again when the next one is written over it. */
const TITLE = 'Review of Terraform plans';

/** A review for a terminal: the worst first, and the verdict once more at the end, where a person looks. */
export function reviewText(document: ReviewDocument, colour: boolean): string {
  const colours = createColors(colour);
  const { at, failures, notes, removed, stacks, verdict } = document;
  const told = stacks.filter((stack) => stacks.length === 1 || !isQuiet(stack));
  const quiet = stacks.length - told.length;
  const paint = painterOf(colours, verdict);
  const blocks = [
    `${TITLE} as of ${at}`,
    ...failures.map((failure) => unreviewedText('block', failure, colours)),
    ...removed.map((stack) => unreviewedText('warn', stack, colours)),
    ...told.map((stack) => stackText(stack, colours)),
    ...(quiet > 0 ? [`${counted(quiet, 'stack')} without changes.`] : []),
    ...(notes.length > 0 ? [notes.map((note) => `note: ${printable(note)}`).join('\n')] : []),
    `${paint(printable(verdictSentence(document)))}. ${countsSentence(stacks)}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What no plan tells. */
function unreviewedText(severity: 'block' | 'warn', { code, cure, message }: ReviewFailure, colours: Colours): string {
  return `${painterOf(colours, severity)(printable(`${severity}[${code}] ${message}`))}\n  cure: ${printable(cure)}`;
}

function stackText(stack: StackSummary, colours: Colours): string {
  const paint = painterOf(colours, stack.verdict);
  const owner = stack.owner === null ? '' : ` (${stack.owner})`;
  const lines = [
    `${colours.bold(printable(stack.stack))}${owner}: ${paint(verdictWords[stack.verdict])}; ${countsSentence([stack])}`,
  ];
  for (const { cure, id, message, reason, ruleSeverity, severity } of stack.findings) {
    const because = reason === null ? '' : ` (set from ${ruleSeverity} to ${severity} in the configuration: ${reason})`;
    lines.push(
      `  ${painterOf(colours, severity)(`${severity}[${id}]`)} ${printable(message + because)}`,
      `    cure: ${printable(cure)}`,
    );
  }
  const table = changeTable(stack, colours);
  if (table !== '') lines.push(table);
  return lines.join('\n');
}

function changeTable(stack: StackSummary, colours: Colours): string {
  const rows = changeRows(stack);
  if (rows.length === 0) return '';
  const table = new Table({ ...PLAIN_COLUMNS });
  for (const { change, detail, isLoss, name, thing } of rows) {
    const mark = isLoss
      ? colours.red(change.toUpperCase())
      : change === 'kept'
        ? colours.dim(change)
        : colours.green(change);
    table.push([`  ${mark}`, thing, printable(name), printable(detail)]);
  }
  return table.toString().replace(/ +$/gm, '');
}

function painterOf(colours: Colours, verdict: StackSummary['verdict']): (text: string) => string {
  return { block: colours.red, warn: colours.yellow, note: colours.cyan, clean: colours.green }[verdict];
}
