import { createColors } from 'picocolors';
import { changeRows } from '../../lib/review/document/change-rows';
import { isQuiet } from '../../lib/review/document/markdown-stack';
import type { ReviewDocument, ReviewFailure, StackSummary } from '../../lib/review/document/document';
import { countsSentence, verdictSentence, verdictWords } from '../../lib/review/document/verdict-words';
import { printable } from '../../lib/words/printable';
import { plainTable, type TableStyle } from './plain-table';
import { counted } from '../../lib/words/counted';

type Colours = ReturnType<typeof createColors>;

/** By this, a review is known again when the next one is written over it. */
const TITLE = 'Review of Terraform plans';

/** A review for a terminal: the worst first, and the verdict once more at the end, where a person looks. */
export function reviewText(document: ReviewDocument, { colour, width }: TableStyle): string {
  const colours = createColors(colour);
  const { at, failures, notes, removed, stacks, verdict } = document;
  const told = stacks.filter((stack) => stacks.length === 1 || !isQuiet(stack));
  const quiet = stacks.length - told.length;
  const paint = painterOf(colours, verdict);
  const blocks = [
    `${TITLE} as of ${at}`,
    ...failures.map((failure) => unreviewedText('block', failure, colours)),
    ...removed.map((stack) => unreviewedText('warn', stack, colours)),
    ...told.map((stack) => stackText(stack, colours, width)),
    ...(quiet > 0 ? [`${counted(quiet, 'stack')} without changes.`] : []),
    ...(notes.length > 0 ? [notes.map((note) => `note: ${printable(note)}`).join('\n')] : []),
    `${paint(printable(verdictSentence(document)))}. ${countsSentence(stacks)}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What no plan tells. */
function unreviewedText(severity: 'block' | 'warn', { code, cure, message }: ReviewFailure, colours: Colours): string {
  return `${painterOf(colours, severity)(printable(`${severity}[${code}] ${message}`))}\ncure: ${printable(cure)}`;
}

function stackText(stack: StackSummary, colours: Colours, width: TableStyle['width']): string {
  const paint = painterOf(colours, stack.verdict);
  const owner = stack.owner === null ? '' : ` (${stack.owner})`;
  const lines = [
    `${colours.bold(printable(stack.stack))}${owner}: ${paint(verdictWords[stack.verdict])}; ${countsSentence([stack])}`,
  ];
  for (const { cure, id, message, reason, ruleSeverity, severity } of stack.findings) {
    const because = reason === null ? '' : ` (set from ${ruleSeverity} to ${severity} in the configuration: ${reason})`;
    lines.push(
      `  ${painterOf(colours, severity)(`${severity}[${id}]`)} ${printable(message + because)}`,
      `  cure: ${printable(cure)}`,
    );
  }
  const table = changeTable(stack, colours, width);
  if (table !== '') lines.push(table);
  return lines.join('\n');
}

function changeTable(stack: StackSummary, colours: Colours, width: TableStyle['width']): string {
  const rows = changeRows(stack).map(({ change, detail, isLoss, name, thing }) => {
    const mark = isLoss
      ? colours.red(change.toUpperCase())
      : change === 'kept'
        ? colours.dim(change)
        : colours.green(change);
    return [`  ${mark}`, thing, printable(name), printable(detail)];
  });
  return rows.length === 0 ? '' : plainTable({ rows, width });
}

function painterOf(colours: Colours, verdict: StackSummary['verdict']): (text: string) => string {
  return { block: colours.red, warn: colours.yellow, note: colours.cyan, clean: colours.green }[verdict];
}
