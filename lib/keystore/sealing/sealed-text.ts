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
