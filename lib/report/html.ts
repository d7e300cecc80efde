/** Markup that is safe to put into a page: only `html` makes it from values, and `trustedMarkup` from what libraries drew. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a template takes: text is escaped, lists are joined, `false` and undefined leave nothing. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

/** Names and subjects that are longer say nothing more to a person. */
const LONGEST = 1_000;

/** Characters that nobody sees, that turn the direction of a line, or that no UTF-8 holds. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

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

/** A text in which everything shows: control and invisible characters become `\u{…}`, and what is very long is cut. */
export function visible(text: string, longest = LONGEST): string {
  const characters = Array.from(text.slice(0, 2 * longest));
  const cut = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('');
  return cut.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escapeMarkup(visible(String(value)));
}
