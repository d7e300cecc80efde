import type { Graph, Viz } from '@viz-js/viz' with { 'resolution-mode': 'import' };
import { escapeMarkup, type Html, trustedMarkup } from './html';
import { visible } from '../words/visible';

/** Pixels of a point of Graphviz: the texts of a map are as large as those beside it. */
const SCALE = 1.12;

/** Loads Graphviz, compiled to WebAssembly. */
export async function startGraphviz(): Promise<Viz> {
  const { instance } = await import('@viz-js/viz');
  return instance();
}

/**
 * A graph as SVG, laid out by Graphviz; the style sheet of the page paints it by the classes of its parts.
 *
 * @param name what a screen reader says instead
 */
export function drawMap(viz: Viz, graph: Graph, name: string): Html {
  const svg = viz.renderString(graph, { format: 'svg' });
  const viewBox = /viewBox="([\d. -]+)"/.exec(svg)?.[1] ?? '0 0 0 0';
  const [, , width = 0, height = 0] = viewBox.split(' ').map(Number);
  // The document's own head, and names and ids that the next map of the page has, too. Texts hold no bare angle brackets.
  const content = svg
    .slice(svg.indexOf('<g '), svg.lastIndexOf('</svg>'))
    .replace(/<title>[^<]*<\/title>\s*|<!--[^>]*-->\s*/g, '')
    .replace(/<g id="[^"]*"/g, '<g');
  const size = `width="${Math.round(width * SCALE)}" height="${Math.round(height * SCALE)}"`;
  return trustedMarkup(
    `<svg class="map" role="img" aria-label="${escapeMarkup(visible(name))}" viewBox="${viewBox}" ${size}>${content}</svg>`,
  );
}
