import { isHeld, type Row } from './figure';

const COLUMNS = [
  { title: 'figure', width: 82 },
  { title: 'ours', width: 11 },
  { title: 'theirs', width: 11 },
  { title: 'ratio', width: 7 },
  { title: 'bound', width: 8 },
  { title: 'held', width: 4 },
] as const;

export function formatTitles(): string {
  return formatLine(COLUMNS.map(({ title }) => title));
}

export function formatRow(row: Row): string {
  const { figure, ours, theirs, unit, ratio, bound } = row;
  const promised = 'atMost' in bound ? `≤ ${bound.atMost.toFixed(2)}` : `≥ ${bound.atLeast.toFixed(2)}`;
  const measured = [ours, theirs].map((value) => `${value.toFixed(unit === 'MiB' ? 0 : 3)} ${unit}`);
  return formatLine([figure, ...measured, ratio.toFixed(2), promised, isHeld(row) ? 'yes' : 'NO']);
}

function formatLine(cells: readonly string[]): string {
  return COLUMNS.map(({ width }, index) => (cells[index] ?? '').padEnd(width))
    .join(' ')
    .trimEnd();
}
