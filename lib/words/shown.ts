/** Characters of a value that a message repeats: enough to recognise it, too few to drown the sentence. */
const LONGEST = 100;

/** Characters that nobody sees, or that make a line read as another one. JSON itself escapes control characters and lone surrogates. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A value as a message repeats it: as JSON, so that whatever is in it shows, and cut where it is long. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint' || value === undefined) return String(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  const text = typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return JSON.stringify(text).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
