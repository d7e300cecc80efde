import { marked } from 'marked';

/** A comment as HTML, with tables and links of bare addresses as GitHub makes them; text in it is escaped. */
export function rendered(markdown: string): string {
  return marked.parse(markdown, { async: false, gfm: true });
}

/** Names of the elements, in their order. */
export function elementsOf(html: string): string[] {
  return Array.from(html.matchAll(/<([a-z][a-z0-9]*)/gi), ([, name = '']) => name.toLowerCase());
}

/** What stands outside of code: there, platforms look for mentions and references once more. */
export function textOutsideCode(html: string): string {
  return textOf(html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, ' '));
}

export function textOf(html: string): string {
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  const text = html.replace(/<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi, '');
  return Object.entries(entities).reduce((said, [entity, character]) => said.replaceAll(entity, character), text);
}
