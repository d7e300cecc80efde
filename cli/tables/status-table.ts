import { createColors } from 'picocolors';
import { byAttention, type GenerationState, generationStates } from '../../lib/lifecycle/states';
import type { StatusRow } from '../../lib/lifecycle/status';
import { plainTable, type TableStyle } from './plain-table';

/** The table of `vb365 status`: by state, in each state what ends first, and otherwise in the order of the configuration. */
export function statusTable(rows: readonly StatusRow[], { colour, width }: TableStyle): string {
  const paint = painters(colour);
  return plainTable({
    head: ['lineage', 'generation', 'state', 'days left', 'valid to', 'thumbprint', 'serves'],
    width,
    rows: [...rows]
      .sort(byAttention)
      .map((row) => [
        row.lineage,
        row.generation ?? '-',
        paint[row.state](row.state),
        { content: row.daysLeft === null ? '-' : String(row.daysLeft), hAlign: 'right' },
        row.notAfter?.slice(0, 10) ?? '-',
        row.thumbprint ?? '-',
        row.serves.join(', ') || '-',
      ]),
  });
}

/** `8 lineages: 1 missing, 7 valid`, in the same order. */
export function statusSummary(rows: readonly StatusRow[]): string {
  const standing = rows.filter(({ state }) => state !== 'superseded');
  const counts = generationStates.map((state) => ({ state, count: rows.filter((row) => row.state === state).length }));
  const said = counts.filter(({ count }) => count > 0).map(({ state, count }) => `${count} ${state}`);
  return `${standing.length} ${standing.length === 1 ? 'lineage' : 'lineages'}: ${said.join(', ')}`;
}

function painters(colour: boolean): Readonly<Record<GenerationState, (text: string) => string>> {
  const colours = createColors(colour);
  return {
    missing: colours.red,
    damaged: colours.red,
    expired: colours.red,
    'not-yet-valid': colours.red,
    unfit: colours.red,
    renew: colours.yellow,
    valid: colours.green,
    superseded: colours.dim,
  };
}
