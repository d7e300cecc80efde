import { Vb365Error } from '../errors';

/** One folder name: lower case only, so that file systems that fold case cannot mix two up. */
export const SEGMENT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Highest number that four digits can hold. */
export const LAST_GENERATION = 9999;

/** A lineage's name in its two parts. */
export interface LineageName {
  readonly owner: string;
  /** Role, and for backup applications the client id: `backup-application-<client id>`. */
  readonly segment: string;
}

/**
 * Takes `<owner>/<segment>` apart. Every path inside the keystore is built from its result, so nothing leads outside.
 *
 * @throws Vb365Error `lineage-malformed`
 */
export function parseLineageName(lineage: string): LineageName {
  const [owner = '', segment = '', ...rest] = lineage.split('/');
  if (rest.length > 0 || !SEGMENT.test(owner) || !SEGMENT.test(segment)) {
    throw new Vb365Error('lineage-malformed', {
      subject: lineage,
      message: `"${lineage}" is not the name of a lineage, which is <owner>/<role> in lower-case letters, digits and hyphens`,
      cure: 'name a lineage as "vb365 status" lists it, for example contoso/entra-application',
    });
  }
  return { owner, segment };
}

/** `0001` for 1: what the files of a generation are named. */
export function generationLabel(number: number): string {
  return String(number).padStart(4, '0');
}
