import { onOneLine } from './visible';

/** Characters of what another program says that a message repeats: its end, where the reason mostly stands. */
const LONGEST = 600;

const [ESC, BEL, CSI] = ['\u001B', '\u0007', '\u009B'];

/**
 * Colours and moves of a cursor, links and titles, and the rest (ECMA-48 §5.3 to §5.6). What Node's own function takes away
 * depends on its version.
 */
const ESCAPES = new RegExp(
  [`(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]`, `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`, `${ESC}[ -/]*[0-~]`].join(
    '|',
  ),
  'g',
);

/**
 * What another program said, as part of a sentence: on one line, without invisible characters, and its end where it is long.
 */
export function excerpt(text: string): string {
  const line = onOneLine(text.replace(ESCAPES, ''));
  return line.length > LONGEST ? `…${line.slice(-LONGEST)}` : line;
}
