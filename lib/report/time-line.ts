import type * as PlotModule from '@observablehq/plot' with { 'resolution-mode': 'import' };
import { escapeMarkup, html, type Html, trustedMarkup } from './html';
import { visible } from '../words/visible';
import { type ReportGroup, type ReportLineage, shortRole } from './report-model';
import { daysInWords, stateWords } from './states';
import { type Stretch, type StretchKind, type TimeLine, type TimeSpan, timeLineOf } from './time-line-model';

type Plot = typeof PlotModule;

/** Observable Plot, and a document for it to draw in that needs no browser. */
export interface Drawing {
  readonly plot: Plot;
  /** A `Document`; the compiler knows no browser's types here. */
  readonly document: unknown;
}

/** Where the parts of a time line stand, in pixels. */
interface Shape {
  readonly name: 'wide' | 'slim';
  readonly width: number;
  readonly row: number;
  readonly left: number;
  readonly right: number;
  /** Of a row, what stands above its bars. */
  readonly lift: number;
}

/** Names left of the bars, states right of them. */
const WIDE: Shape = { name: 'wide', width: 1080, row: 28, left: 290, right: 150, lift: 0 };
/** For a screen as narrow as that of a phone: both above the bars. */
const SLIM: Shape = { name: 'slim', width: 340, row: 46, left: 4, right: 4, lift: 18 };

const TOP = 46;
const BOTTOM = 24;

/** Distances of a bar from the upper and the lower edge of its row, by the age of its certificate. */
const INSETS = [
  { insetTop: 12, insetBottom: 5 },
  { insetTop: 6, insetBottom: 18 },
  { insetTop: 2, insetBottom: 23 },
] as const;

const FILLS: Readonly<Record<Exclude<StretchKind, 'outage'>, string>> = {
  missing: 'none',
  damaged: 'var(--bar-valid)',
  expired: 'var(--bar-expired)',
  'not-yet-valid': 'var(--bar-not-yet-valid)',
  unfit: 'var(--bar-expired)',
  renew: 'var(--bar-valid)',
  valid: 'var(--bar-valid)',
  superseded: 'var(--bar-superseded)',
  window: 'url(#renewal-window)',
};

/** Loads the library, which takes a fifth of a second. */
export async function startDrawing(): Promise<Drawing> {
  const [plot, { DOMParser }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const document: unknown = new DOMParser().parseFromString('<!doctype html><html><body></body></html>', 'text/html');
  return { plot, document };
}

/**
 * The time line of a group as SVG, a row for each lineage, with a bar for each of its certificates: in two shapes, of which the
 * style sheet shows the one that the screen has room for.
 */
export function drawTimeLine(drawing: Drawing, group: ReportGroup, at: Date, span: TimeSpan): Html {
  return html`${[WIDE, SLIM].map((shape) => drawShape(drawing, group, shape, at, span))}`;
}

function drawShape({ plot, document }: Drawing, group: ReportGroup, shape: Shape, at: Date, span: TimeSpan): Html {
  const { title, lineages } = group;
  const { name: shapeName, width, row, left, right } = shape;
  const height = TOP + lineages.length * row + BOTTOM;
  const svg: unknown = plot.plot({
    document,
    ...{ width, height, marginLeft: left, marginRight: right, marginTop: TOP, marginBottom: BOTTOM },
    x: { type: 'utc', domain: span },
    y: { type: 'band', domain: lineages.map(nameOf), axis: null, padding: 0 },
    color: { type: 'identity' },
    marks: [
      plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.axisX({ anchor: 'top', label: null, tickSize: 0, fontSize: 11, fill: 'var(--muted)' }),
      ...barMarks(plot, timeLineOf(lineages, at, span), shape),
      ...nowMarks(plot, at),
      ...labelMarks(plot, group, shape),
    ],
  });
  const name = escapeMarkup(visible(`Time line of ${title}: the dates stand in the table of all certificates, too.`));
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return trustedMarkup(
    `<svg class="time-line ${shapeName}" role="img" aria-label="${name}" ${size} font-size="12" fill="currentColor">${contentOf(svg)}</svg>`,
  );
}

/** The drawn outage lies behind the certificates, a moment of retirement before them. */
function barMarks(plot: Plot, { stretches, retirements }: TimeLine, { lift }: Shape): PlotModule.Markish[] {
  const outages = stretches.filter(({ kind }) => kind === 'outage');
  const kinds = Object.entries(FILLS).map(([kind, fill]) => ({
    fill,
    of: stretches.filter((one) => one.kind === kind),
  }));
  const places = { x1: 'from', x2: 'to', y: 'lineage', title: titleOf };
  return [
    plot.barX(outages, {
      ...{ ...places, insetTop: 14 + lift, insetBottom: 7, fill: 'var(--outage)' },
      ...{ stroke: 'var(--expired)', strokeDasharray: '3 3' },
    }),
    ...kinds.flatMap(({ fill, of }) =>
      INSETS.map((insets, age) =>
        plot.barX(
          of.filter((stretch) => Math.min(stretch.age, INSETS.length - 1) === age),
          { ...places, ...insets, insetTop: insets.insetTop + lift, fill, rx: 1.5 },
        ),
      ),
    ),
    plot.dot(retirements, {
      ...{ x: 'at', y: 'lineage', symbol: 'diamond2', r: 3.6, dy: lift / 2 - 5.5, title: titleOf },
      ...{ fill: 'var(--surface)', stroke: 'var(--superseded)', strokeWidth: 1.4 },
    }),
  ];
}

function nowMarks(plot: Plot, at: Date): PlotModule.Markish[] {
  const day = at.toISOString().slice(0, 10);
  return [
    plot.ruleX([at], { stroke: 'var(--accent)', strokeWidth: 1.5, insetBottom: -6 }),
    plot.text([at], {
      ...{ x: (moment: Date) => moment, frameAnchor: 'bottom', dy: 17, text: () => day },
      ...{ fill: 'var(--accent)', fontWeight: 600, fontSize: 11 },
    }),
  ];
}

/** Left, the owner where there are several, and the role; right, where the lineage stands. */
function labelMarks(
  plot: Plot,
  { isOfOwner, lineages }: ReportGroup,
  { left: margin, lift, name: shapeName }: Shape,
): PlotModule.Markish[] {
  const ownersFirst = lineages.filter(
    ({ declaration }, index) => declaration.owner !== lineages[index - 1]?.declaration.owner,
  );
  // In the middle of what stands above the bars, or of the row where nothing does.
  const dy = lift === 0 ? 3 : -(SLIM.row - lift) / 2 + 2;
  const left = { y: nameOf, frameAnchor: 'left', dy, title: nameOf } as const;
  const role = ({ declaration }: ReportLineage): string => shortRole(declaration);
  const owner = ({ declaration }: ReportLineage): string => shortened(declaration.owner);
  const state: PlotModule.TextOptions = {
    ...{ y: nameOf, frameAnchor: 'right', dy, text: standing, title: nameOf },
    ...{ fill: ({ current }: ReportLineage) => `var(--${current.state})`, fontWeight: 600, fontSize: 11 },
  };
  if (shapeName === 'slim') {
    const whole = (lineage: ReportLineage): string =>
      isOfOwner ? role(lineage) : `${owner(lineage)}, ${role(lineage)}`;
    return [
      plot.text(lineages, { ...left, text: whole, fontSize: 11 }),
      plot.text(lineages, { ...state, textAnchor: 'end' }),
    ];
  }
  return [
    ...(isOfOwner
      ? [plot.text(lineages, { ...left, text: role, dx: -margin })]
      : [
          plot.text(ownersFirst, { ...left, text: owner, dx: -margin, fontWeight: 600 }),
          plot.text(lineages, { ...left, text: role, dx: -12, textAnchor: 'end', fill: 'var(--muted)', fontSize: 11 }),
        ]),
    plot.text(lineages, { ...state, textAnchor: 'start', dx: 12 }),
  ];
}

function nameOf({ declaration }: ReportLineage): string {
  return declaration.name;
}

function titleOf({ title }: Pick<Stretch, 'title'>): string {
  return title;
}

/** The days say enough of what is valid. */
function standing({ current }: ReportLineage): string {
  const { state, daysLeft } = current;
  if (state === 'valid' || daysLeft === null) return daysInWords(daysLeft) ?? stateWords[state].label;
  const days = `${Math.abs(daysLeft)} d ${daysLeft < 0 ? 'ago' : 'left'}`;
  return `${stateWords[state].label}, ${state === 'not-yet-valid' ? `until ${current.notBefore?.slice(0, 10) ?? ''}` : days}`;
}

function shortened(text: string): string {
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}

/**
 * What is inside the element that Plot has made, without its style sheet, which that of the page replaces, and the English
 * words for its parts, which a drawing of one name has no use for.
 */
export function contentOf(svg: unknown): string {
  if (typeof svg !== 'object' || svg === null || !('innerHTML' in svg)) return '';
  return String(svg.innerHTML)
    .replace(/^<style>[^<]*<\/style>/, '')
    .replace(/(?<=<g[^<>]*) aria-label="[^"]*"/g, '');
}
