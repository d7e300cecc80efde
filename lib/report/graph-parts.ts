import type { Edge, Node, Subgraph } from '@viz-js/viz' with { 'resolution-mode': 'import' };
import { visible } from '../words/visible';
import type { ReportLineage } from './report-model';
import { daysInWords, stateWords } from './states';

/** Parts of a graph, to be put together with others. */
export interface GraphParts {
  readonly nodes?: readonly Node[];
  readonly edges?: readonly Edge[];
  readonly subgraphs?: readonly Subgraph[];
}

/** A place of the map: what it is called, and a word on it. */
export interface Place {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  /** Class of the drawing. @default a machine or a service */
  readonly kind?: 'people' | 'cloud' | 'more';
}

/** Characters of a line of a label. */
const LONGEST = 44;

export function place({ id, title, detail, kind }: Place): Node {
  const attributes = {
    label: label(title, detail),
    class: `place ${kind ?? 'service'}`,
    margin: marginFor(title, 0.14),
  };
  return { name: id, attributes };
}

/** The frame around what runs on one machine. */
export function machine(hostName: string, nodes: readonly Node[]): Subgraph {
  const graphAttributes = { cluster: true, class: 'machine', label: label(hostName, undefined), labeljust: 'l' };
  return {
    name: `machine ${hostName}`,
    graphAttributes: { ...graphAttributes, style: 'rounded', fontsize: 10, margin: 10 },
    nodes: [...nodes],
  };
}

/** The current certificate of a lineage, as a label in the middle of what it secures. */
function certificate(lineage: ReportLineage): Node {
  const { declaration, current } = lineage;
  const parts = [current.generation, stateWords[current.state].label, daysInWords(current.daysLeft)];
  const detail = parts.filter((part) => part !== null && part !== undefined);
  const title = clientIdShortened(declaration.name);
  return {
    name: certificateId(lineage),
    attributes: {
      label: label(title, detail.join(' · ')),
      class: `certificate ${current.state}`,
      margin: marginFor(title, 0.17),
    },
  };
}

/** Inches a character: the page paints titles bold, in a font of the reader's; Graphviz measures a regular one. */
const BOLDER = 0.006;

/** @param least inches on either side */
function marginFor(title: string, least: number): string {
  return `${(least + title.length * BOLDER).toFixed(3)},0.06`;
}

function certificateId({ declaration }: ReportLineage): string {
  return `certificate ${declaration.name}`;
}

export function arrow(tail: string, head: string): Edge {
  return { tail, head };
}

/** An arrow between two places that stand one above the other. */
export function above(tail: string, head: string): GraphParts {
  return {
    edges: [{ tail, head, attributes: { constraint: false } }],
    subgraphs: [
      { name: `${tail} above ${head}`, graphAttributes: { rank: 'same' }, nodes: [{ name: tail }, { name: head }] },
    ],
  };
}

/** The first half of an arrow that a certificate interrupts. */
function line(tail: string, head: string): Edge {
  return { tail, head, attributes: { arrowhead: 'none' } };
}

/** From one place over a certificate to others. */
export function secured(tail: string, lineage: ReportLineage, heads: readonly string[]): GraphParts {
  const id = certificateId(lineage);
  return { nodes: [certificate(lineage)], edges: [line(tail, id), ...heads.map((head) => arrow(id, head))] };
}

export function joined(parts: readonly GraphParts[]): Required<GraphParts> {
  return {
    nodes: parts.flatMap(({ nodes = [] }) => nodes),
    edges: parts.flatMap(({ edges = [] }) => edges),
    subgraphs: parts.flatMap(({ subgraphs = [] }) => subgraphs),
  };
}

/** Eight digits of a client id tell one backup application of an organization from another. */
function clientIdShortened(lineage: string): string {
  return lineage.replace(/(?<=\/backup-application-[0-9a-f]{8})-[0-9a-f-]+$/, '…');
}

/** One or two lines; the style sheet of the page tells them apart. */
function label(title: string, detail: string | undefined): string {
  return detail === undefined ? textOf(title) : `${textOf(title)}\n${textOf(detail)}`;
}

/** Graphviz reads entities and escape sequences in a label; a text shall mean itself. */
function textOf(text: string): string {
  return visible(text, LONGEST).replaceAll('&', '&amp;').replaceAll('\\', '\\\\');
}
