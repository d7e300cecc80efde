import { DAY } from '../words/days';
import { type DatedGeneration, oldestRetirableFrom } from '../lifecycle/renew/retirement';
import type { StatusRow } from '../lifecycle/status';
import type { ReportLineage } from './report-model';

/** How a stretch of the time line is drawn; the classes of its colours bear the same names. */
export type StretchKind = StatusRow['state'] | 'window' | 'outage';

/** A stretch of time in the row of a lineage. */
export interface Stretch {
  readonly lineage: string;
  readonly kind: StretchKind;
  readonly from: Date;
  readonly to: Date;
  /** 0 for the current certificate, 1 for the one that it supersedes, and so on. */
  readonly age: number;
  readonly title: string;
}

/** A moment in the row of a lineage. */
export interface Moment {
  readonly lineage: string;
  readonly at: Date;
  readonly age: number;
  readonly title: string;
}

export interface TimeLine {
  readonly stretches: readonly Stretch[];
  /** From when superseded certificates may be retired. */
  readonly retirements: readonly Moment[];
}

/** From the first to the last moment that is shown. */
export type TimeSpan = readonly [Date, Date];

const LOOK_BACK_DAYS = 400;
const LOOK_AHEAD_DAYS = 800;
/** Room at both ends, so that a bar that is cut there can be told from one that ends. */
const MARGIN_DAYS = 20;

/** The span that holds every certificate; one of a decade is cut, as it would leave a day too narrow to be seen. */
export function timeSpan(lineages: readonly ReportLineage[], at: Date): TimeSpan {
  const moments = lineages.flatMap(({ rows }) => rows.flatMap(spansOf)).flatMap(({ from, to }) => [from, to]);
  const now = at.getTime();
  const start = Math.max(Math.min(now, ...moments), now - LOOK_BACK_DAYS * DAY);
  const end = Math.min(Math.max(now + 90 * DAY, ...moments), now + LOOK_AHEAD_DAYS * DAY);
  return [new Date(start - MARGIN_DAYS * DAY), new Date(end + MARGIN_DAYS * DAY)];
}

/** What the time line of some lineages shows within a span. */
export function timeLineOf(lineages: readonly ReportLineage[], at: Date, span: TimeSpan): TimeLine {
  const stretches = lineages.flatMap((lineage) => [...stretchesOf(lineage), ...outageOf(lineage, at, span)]);
  const retirements = lineages.flatMap(retirementsOf);
  return {
    stretches: stretches.flatMap((stretch) => cutTo(stretch, span)),
    retirements: retirements.filter(({ at: moment }) => span[0] <= moment && moment <= span[1]),
  };
}

function stretchesOf({ declaration, rows }: ReportLineage): Stretch[] {
  const { name: lineage, policy } = declaration;
  return rows.flatMap((row, age) =>
    spansOf(row).flatMap(({ from, to }): Stretch[] => {
      const title = `${lineage} ${row.generation ?? ''}: ${day(from)} to ${day(to)}`;
      const whole = { lineage, age, from: new Date(from), to: new Date(to), title };
      if (row.state === 'superseded') return [{ ...whole, kind: row.state }];
      const window = Math.max(from, to - policy.renewBeforeDays * DAY);
      if (row.state === 'expired') return [{ ...whole, kind: row.state }];
      // Inside the window, too, the first stretch is that of a valid certificate.
      const kind = row.state === 'renew' || row.state === 'damaged' ? 'valid' : row.state;
      return [
        { ...whole, kind, to: new Date(window) },
        { ...whole, kind: 'window', from: new Date(window), title: `${title}, to be renewed from ${day(window)}` },
      ];
    }),
  );
}

/** The time without a certificate that is accepted: since the current one has ended, or from now on where there is none. */
function outageOf({ declaration, current }: ReportLineage, at: Date, span: TimeSpan): Stretch[] {
  const about = { lineage: declaration.name, kind: 'outage' as const, age: 0 };
  if (current.state === 'missing') {
    return [{ ...about, from: at, to: span[1], title: `${declaration.name}: no certificate` }];
  }
  if (current.state !== 'expired' || current.notAfter === null) return [];
  const from = new Date(current.notAfter);
  return [{ ...about, from, to: at, title: `${declaration.name}: expired since ${day(from.getTime())}` }];
}

function retirementsOf({ declaration, rows }: ReportLineage): Moment[] {
  const { name: lineage, policy } = declaration;
  return rows.slice(1).flatMap((row, index) => {
    const pair = [row, rows[index]].flatMap((one) => (one === undefined ? [] : spansOf(one))).map(asGeneration);
    const at = oldestRetirableFrom(pair, policy.retireAfterDays);
    if (at === undefined) return [];
    const title = `${lineage} ${row.generation ?? ''}: may be retired from ${day(at.getTime())}`;
    return [{ lineage, at, age: index + 1, title }];
  });
}

function asGeneration({ from, to }: { readonly from: number; readonly to: number }): DatedGeneration {
  return { certificate: { notBefore: new Date(from), notAfter: new Date(to) } };
}

function spansOf({ notBefore, notAfter }: StatusRow): { from: number; to: number }[] {
  return notBefore === null || notAfter === null ? [] : [{ from: Date.parse(notBefore), to: Date.parse(notAfter) }];
}

function cutTo(stretch: Stretch, [start, end]: TimeSpan): Stretch[] {
  const from = new Date(Math.max(stretch.from.getTime(), start.getTime()));
  const to = new Date(Math.min(stretch.to.getTime(), end.getTime()));
  return from < to ? [{ ...stretch, from, to }] : [];
}

function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
