import { escapeInvisible, escapeUnits } from './visible';

/** Characters of a value that a message repeats: enough to recognise it, too few to drown the sentence. */
const LONGEST = 100;

/** A value as a message repeats it: as JSON, so that whatever is in it shows, and cut where it is long. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint' || value === undefined) return String(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  const text = typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return escapeInvisible(JSON.stringify(text), escapeUnits);
}
