/**
 * Quotes that PowerShell reads as a single quote, with which a verbatim string ends: the straight one and four typographic
 * ones, any of which closes what any other has opened.
 *
 * Source: https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02, §2.3.5.2 (single-quote-character)
 */
const SINGLE_QUOTES = /['\u2018\u2019\u201a\u201b]/g;

/** A text as PowerShell writes it: a verbatim string, in which nothing is evaluated. A quote stands twice. */
export function powershellLiteral(text: string): string {
  return `'${text.replace(SINGLE_QUOTES, '$&$&')}'`;
}
