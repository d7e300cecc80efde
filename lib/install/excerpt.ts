import { stripVTControlCharacters } from 'node:util';

/** Characters of what another program says that a message repeats: its end, where the reason mostly stands. */
const LONGEST = 600;

/**
 * What another program said, as part of a sentence: on one line, without control characters, and its end where it is long.
 */
export function excerpt(text: string): string {
  const line = stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > LONGEST ? `…${line.slice(-LONGEST)}` : line;
}
