import { type Bound, isHeld, isMeasured, type Row } from './figure';

const COLUMNS = [
  { title: 'figure', width: 82 },
  { title: 'ours', width: 11 },
  { title: 'theirs', width: 11 },
  { title: 'ratio', width: 7 },
  { title: 'spread', width: 13 },
  { title: 'rounds', width: 6 },
  { title: 'bound', width: 8 },
  { title: 'held', width: 4 },
] as const;

export function formatTitles(): string {
  return formatLine(COLUMNS.map(({ title }) => title));
}

export function formatRow(row: Row): string {
  return formatLine(cellsOf(row));
}

/** Ratios alone: the times of one machine say nothing about another. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const [figure, , , ratio, spread, rounds, bound] = cellsOf(row);
    return [figure, ratio, spread, rounds, bound];
  });
  const titles = ['figure', 'ratio', 'spread', 'rounds', 'bound'];
  return [titles, titles.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf(row: Row): string[] {
  const { figure, ours, theirs, unit, ratio, bound } = row;
  const measured = [ours, theirs].map((value) => `${value.toFixed(unit === 'MiB' ? 0 : 3)} ${unit}`);
  const spread = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`;
  const verdict = isMeasured(row) ? (isHeld(row) ? 'yes' : 'NO') : '?';
  return [figure, ...measured, ratio.median.toFixed(2), spread, String(ratio.rounds), formatBound(bound), verdict];
}

function formatBound(bound: Bound): string {
  return 'atMost' in bound ? `≤ ${bound.atMost.toFixed(2)}` : `≥ ${bound.atLeast.toFixed(2)}`;
}

function formatLine(cells: readonly string[]): string {
  return COLUMNS.map(({ width }, index) => (cells[index] ?? '').padEnd(width))
    .join(' ')
    .trimEnd();
}
