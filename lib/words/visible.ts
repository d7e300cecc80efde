/**
 * What nobody sees, what makes a line read as another one, and what every machine shows differently: control and formatting
 * characters (the bidirectional and zero-width ones), separators of lines, lone surrogates, characters of private use, and
 * whatever else is ignored by default. Unassigned ones are none: which they are depends on node's version.
 */
const INVISIBLE = '\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}';
const ONE = new RegExp(`[${INVISIBLE}]`, 'u');
const EACH = new RegExp(ONE, 'gu');
const RUNS = new RegExp(`[${INVISIBLE}\\s]+`, 'gu');

export function hasInvisible(text: string): boolean {
  return ONE.test(text);
}

/** A text in which everything shows: what is invisible becomes `\u{…}`, or what `escape` makes of it. */
export function escapeInvisible(text: string, escape = escapeCharacter): string {
  return text.replace(EACH, escape);
}

/** `\u{…}` of one character. */
export function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** `\u…` of each of its UTF-16 units, as JSON and PowerShell read it. */
export function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** On one line, with a space in place of each run of blanks and invisible characters. */
export function onOneLine(text: string): string {
  return text.replace(RUNS, ' ').trim();
}

/** A text of others in which everything shows, cut where it is so long that it says nothing more to a person. */
export function visible(text: string, longest = 1_000): string {
  const characters = Array.from(text.slice(0, 2 * longest));
  const isLong = characters.length > longest || text.length > 2 * longest;
  return escapeInvisible(isLong ? `${characters.slice(0, longest - 1).join('')}…` : characters.join(''));
}
