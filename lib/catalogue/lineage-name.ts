import { isUuid } from '../addresses/uuid';
import { Vb365Error } from '../errors';
import { type RoleId, roleIds, roles } from './roles';

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

/** Begins the last part of the name of a lineage for an auxiliary backup application. */
const OF_BACKUP_APPLICATION = 'backup-application-';

/** The last part of the name of a lineage for an auxiliary backup application, which says which one it is for. */
export function backupApplicationSegment(clientId: string): string {
  return `${OF_BACKUP_APPLICATION}${clientId}`;
}

export function isBackupApplicationSegment(segment: string): boolean {
  return segment.startsWith(OF_BACKUP_APPLICATION) && isUuid(segment.slice(OF_BACKUP_APPLICATION.length));
}

/** `contoso/entra-application` */
export function lineageName(owner: string, segment: string): string {
  return `${owner}/${segment}`;
}

/** Of a name that is one already. */
export function ownerOf(lineage: string): string {
  return lineage.split('/', 1)[0] ?? '';
}

/** What Windows and Veeam show beside the certificate: `Microsoft Entra application certificate contoso 0001`. */
export function friendlyName(role: RoleId, lineage: string, label: string): string {
  return `${roles[role].name} ${ownerOf(lineage)} ${label}`;
}

/** The role that the last part of a name says; backup applications are Entra applications. */
export function roleOf(lineage: string): RoleId | undefined {
  const segment = lineage.slice(lineage.indexOf('/') + 1);
  return segment.startsWith(OF_BACKUP_APPLICATION) ? 'entra-application' : roleIds.find((role) => role === segment);
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
