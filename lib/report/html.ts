import { visible } from '../words/visible';

/** Markup that is safe to put into a page: only `html` makes it from values, and `trustedMarkup` from what libraries drew. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a template takes: text is escaped, lists are joined, `false` and undefined leave nothing. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

/** A template of markup, in which attributes stand in double quotes: every value that is no markup is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.map((string, index) => string + markupOf(values[index])).join(''));
}

/** What Plot and Graphviz have drawn, whose texts they escape. */
export function trustedMarkup(markup: string): Html {
  return new Html(markup);
}

/** Text for an element or a quoted attribute of HTML, SVG or a label of Graphviz. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escapeMarkup(visible(String(value)));
}
