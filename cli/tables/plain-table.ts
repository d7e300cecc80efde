import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';

/** A value, coloured or not. */
export type Cell = string | { readonly content: string; readonly hAlign: 'right' };

/** How tables look where they are printed. */
export interface TableStyle {
  readonly colour: boolean;
  /** Columns of the terminal; undefined for a line a row, however long. */
  readonly width: number | undefined;
}

export interface PlainTable extends Pick<TableStyle, 'width'> {
  /** Names of the columns. @default none are shown */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Columns without lines between them: what is printed can be read, searched and cut alike. */
const PLAIN = {
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', mid: '', 'mid-mid': '', left: '', 'left-mid': '' },
    ...{
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  wordWrap: true,
};

/** Characters between two columns. */
const GAP = 2;

/** Characters; a narrower column of sentences is hard to read. */
const READABLE = 20;

/** Before what stands below its row. */
const INDENT = 2;

/**
 * A table for a person. What does not fit into the width is wrapped in its column, the widest first; where that would break
 * words, the last columns stand below their row, each under its name.
 */
export function plainTable({ head = [], rows, width }: PlainTable): string {
  const columns = Array.from({ length: Math.max(head.length, ...rows.map((row) => row.length)) }, (_, index) =>
    [head[index] ?? '', ...rows.map((row) => row[index] ?? '')].map(textOf),
  );
  const natural = columns.map((column) => Math.max(...column.map(lengthOf)));
  if (width === undefined || total(natural) <= width) return render(head, rows);
  const least = columns.map((column, index) => Math.min(natural[index] ?? 0, Math.max(READABLE, longestWord(column))));
  const beside = countBeside(least, width);
  const colWidths = shrunk(natural.slice(0, beside), least, width);
  // Each row for itself: what stands below it belongs to no column.
  const lines = rows.flatMap((row) => [
    render([], [row.slice(0, beside)], colWidths),
    ...belowRow(head.slice(beside), row.slice(beside), width),
  ]);
  return [...(head.length > 0 ? [render(head.slice(0, beside), [], colWidths)] : []), ...lines].join('\n');
}

/** How many columns find room, at least one. */
function countBeside(least: readonly number[], width: number): number {
  const counts = least.map((_, index) => least.length - index);
  return counts.find((count) => total(least.slice(0, count)) <= width) ?? 1;
}

/** Takes from the widest column until all fit. */
function shrunk(natural: readonly number[], least: readonly number[], width: number): number[] {
  const widths = [...natural];
  while (total(widths) > width) {
    const spare = widths.map((value, index) => (value > (least[index] ?? 0) ? value : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The values of the columns that find no room, each under the other; without those that say nothing. */
function belowRow(names: readonly string[], cells: readonly Cell[], width: number): string[] {
  const said = cells.map((cell, index) => [names[index] ?? '', textOf(cell)]).filter(([, text]) => text !== '-');
  if (said.length === 0) return [];
  const label = Math.max(...said.map(([name = '']) => name.length));
  const rows = label === 0 ? said.map(([, text = '']) => [text]) : said;
  const left = width - INDENT - (label === 0 ? 0 : label + GAP);
  const wrapped = Math.max(left, longestWord(said.map(([, text = '']) => text)));
  return [render([], rows, [...(label === 0 ? [] : [label]), wrapped]).replace(/^/gm, ' '.repeat(INDENT))];
}

function render(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  colWidths: readonly number[] = [],
): string {
  const table = new Table({ ...PLAIN, ...(head.length > 0 && { head: [...head] }), colWidths: [...colWidths] });
  for (const row of rows) table.push([...row]);
  return table.toString().replace(/ +$/gm, '');
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}

function longestWord(texts: readonly string[]): number {
  return Math.max(...texts.flatMap((text) => text.split(' ')).map(lengthOf));
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.content;
}
