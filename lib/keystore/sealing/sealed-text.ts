/*
 * What can be said of a sealed key by whoever does not open it; nothing that opens or seals is loaded for it.
 */

export const ARMOR_BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';

/** Whether the text looks like an armoured age file; what is inside stays unknown. */
export function isSealed(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith(ARMOR_BEGIN) && trimmed.endsWith('-----END AGE ENCRYPTED FILE-----');
}

/** What gives a lineage another key, as the part of a cure. */
export function renewing(lineage: string): string {
  return `run "vb365 renew ${lineage}"`;
}

/** What to do without a key, as the part of a cure: another successor is of no use where there is one already. */
export function doingWithout(lineage: string, isSuperseded: boolean): string {
  return isSuperseded ? 'let "vb365 retire" take the superseded generation away' : renewing(lineage);
}

/**
 * To how many recipients a text is sealed: the head of an age file says no more, and needs no identity. Stanzas that age
 * implementations put in so that readers learn to pass over them do not count.
 *
 * @returns undefined where the text is no armoured age file
 */
export function recipientCountOf(text: string): number | undefined {
  if (!isSealed(text)) return undefined;
  const body = text.trim().split('\n').slice(1, -1).join('');
  const [head = '', mac] = Buffer.from(body, 'base64').toString('latin1').split('\n--- ', 2);
  if (mac === undefined) return undefined;
  return head.split('\n').filter((line) => line.startsWith('-> ') && !/^-> \S*-grease(?: |$)/.test(line)).length;
}
