import { isAbsolute, join, relative, sep } from 'node:path';
import { withoutCommands } from './ci-commands';
import { escapeInvisible } from './visible';

/** Longer lines, such as a whole file given as an argument, drown what they say. */
const LONGEST = 2_000;

/**
 * A text as one line for a person: what others put into a name or a certificate can neither move the cursor of the terminal
 * nor recolour it, nor give a command to a CI system. What is invisible becomes
 * `\u{…}`.
 */
export function printable(text: string): string {
  const line = text.trim().replace(/\s*\r?\n\s*/g, ' ');
  const cut = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return escapeInvisible(withoutCommands(cut));
}

/** A path as seen from a folder: relative where it lies inside, absolute elsewhere. */
export function pathFrom(folder: string, path: string): string {
  const seen = relative(folder, path);
  return seen === '' || seen.startsWith('..') || isAbsolute(seen) ? path : seen;
}

/** A sentence in which every path inside the folder stands relative to it. */
export function withPathsFrom(folder: string, sentence: string): string {
  const inside = join(folder, sep);
  if (folder.length < 2 || !sentence.includes(inside)) return sentence;
  const [first = '', ...others] = sentence.split(inside);
  // A path begins at the start, or after a blank, a quote or a bracket; elsewhere it is the middle of another one.
  return others.reduce((text, rest) => text + (/(?:^|[\s"'(])$/.test(text) ? '' : inside) + rest, first);
}
