import { DAY } from '../words/days';
import { escapeMarkup, type Html, trustedMarkup } from './html';
import type { ReportLineage } from './report-model';
import { contentOf, type Drawing } from './time-line';
import type { TimeSpan } from './time-line-model';

interface Month {
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
}

/** Pixels. */
const WIDTH = 1080;
const HEIGHT = 190;

/** What ended two months ago or before is among what needs attention. */
const LOOK_BACK = 62 * DAY;

/** How many current certificates end in each month: where the work of a large installation lies. */
export function drawEnds(
  { plot, document }: Drawing,
  lineages: readonly ReportLineage[],
  at: Date,
  span: TimeSpan,
): Html {
  const from = new Date(at.getTime() - LOOK_BACK);
  const domain: TimeSpan = [from < span[0] ? span[0] : from, span[1]];
  const months = endsByMonth(lineages, domain);
  const bar = { x1: 'from', x2: 'to', y: 'count', insetLeft: 2, insetRight: 2, rx: 2 };
  const label = ({ count }: Month): string => String(count);
  const svg: unknown = plot.plot({
    document,
    ...{ width: WIDTH, height: HEIGHT, marginLeft: 12, marginRight: 12, marginTop: 40, marginBottom: 34 },
    x: { type: 'utc', domain },
    y: { axis: null },
    marks: [
      plot.rectY(months, { ...bar, fill: 'var(--bar-valid)' }),
      plot.ruleX([at], { stroke: 'var(--accent)', strokeWidth: 1.5 }),
      plot.text(months, {
        ...{ x: ({ from, to }: Month) => new Date((from.getTime() + to.getTime()) / 2), y: 'count', text: label },
        ...{ dy: -8, fontSize: 11, fontWeight: 600, fill: 'currentColor', stroke: 'var(--surface)', strokeWidth: 4 },
      }),
      plot.ruleY([0], { stroke: 'var(--line)' }),
      plot.axisX({ anchor: 'bottom', label: null, tickSize: 0, fontSize: 11, fill: 'var(--muted)' }),
      plot.text(['Certificates that end, by month'], {
        frameAnchor: 'top-left',
        dy: -32,
        fontWeight: 600,
        fontSize: 12,
      }),
    ],
  });
  const said = months.map(({ from, count }) => `${from.toISOString().slice(0, 7)} ${count}`).join(', ');
  const name = escapeMarkup(`Certificates that end, by month: ${said}`);
  return trustedMarkup(
    `<svg class="ends" role="img" aria-label="${name}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-size="12" fill="currentColor" text-anchor="middle">${contentOf(svg)}</svg>`,
  );
}

/** Months of UTC in which a certificate ends, within the span, in their order. */
function endsByMonth(lineages: readonly ReportLineage[], [start, end]: TimeSpan): Month[] {
  const counts = new Map<string, number>();
  for (const { current } of lineages) {
    const month = current.notAfter?.slice(0, 7);
    if (month !== undefined) counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([month, count]) => {
      const from = new Date(`${month}-01T00:00:00Z`);
      return { from, to: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)), count };
    })
    .filter(({ from, to }) => start <= from && to <= end);
}
