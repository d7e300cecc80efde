import { z } from 'zod';
import { shown } from '../words/shown';
import { Vb365Error } from '../errors';
import { packCertificate, type RestCertificate } from './certificate';
import type { RestCall, RestClient } from './client';
import { normalizedThumbprint, type ReportedCredential, type RestOrganization } from './organization';
import { readPages } from './pages';
import { putCertificates } from './put';

/** A backup application, and the certificate that it shall have. */
export interface RestBackupApplication {
  readonly clientId: string;
  readonly certificate: RestCertificate;
}

interface ReplacedBackupApplications {
  readonly before: readonly ReportedCredential[];
  readonly changed: boolean;
  readonly also: readonly string[];
}

const applicationSchema = z.looseObject({
  applicationId: z.guid(),
  displayName: z.string().max(1000).nullish(),
  certificateThumbprint: z.string().max(200).nullish(),
});

type Present = z.infer<typeof applicationSchema>;

/** The backup applications of an organization, as the REST API reports them. */
export async function readBackupApplications(
  client: RestClient,
  organization: Pick<RestOrganization, 'id'>,
): Promise<ReportedCredential[]> {
  return (await readPresent(client, organization)).map(toReported);
}

/**
 * Gives backup applications their certificates. The REST API replaces all of an organization at once, so that all of them
 * must be known here: each gets the current certificate of its lineage.
 *
 * @param wanted every backup application that is declared
 * @param options client id of the one that is asked for; after a dry run nothing is changed
 * @returns what was there before, whether anything was changed, and the other lineages whose certificates were replaced with it
 * @throws Vb365Error `rest-backup-application-foreign`, `rest-backup-application-unknown`, and those of `putCertificates`
 */
export async function replaceBackupApplications(
  client: RestClient,
  organization: Pick<RestOrganization, 'id'>,
  wanted: readonly RestBackupApplication[],
  { clientId, dryRun }: { readonly clientId: string; readonly dryRun: boolean },
): Promise<ReplacedBackupApplications> {
  const present = await readPresent(client, organization);
  const before = present.map(toReported);
  const pairs = present.map((application) => ({ application, wanted: findWanted(wanted, application.applicationId) }));
  const target = pairs.find(({ application }) => isSameId(application.applicationId, clientId));
  if (target === undefined) throw unknown(clientId, present);
  if (target.wanted !== undefined && isCurrent(target.application, target.wanted))
    return { before, changed: false, also: [] };
  const known = pairs.map(({ application, wanted: one }) => {
    if (one === undefined) throw foreign(application, organization);
    return { application, wanted: one };
  });
  if (!dryRun) await replace(client, organization, known);
  const renewed = known.filter(({ application, wanted: one }) => !isCurrent(application, one));
  const others = renewed.filter(({ wanted: one }) => !isSameId(one.clientId, clientId));
  return { before, changed: true, also: others.map(({ wanted: one }) => one.certificate.lineage) };
}

async function replace(
  client: RestClient,
  organization: Pick<RestOrganization, 'id'>,
  pairs: readonly { readonly application: Present; readonly wanted: RestBackupApplication }[],
): Promise<void> {
  const packed = await Promise.all(
    pairs.map(async ({ application, wanted }) => ({ application, ...(await packCertificate(wanted.certificate)) })),
  );
  const body = packed.map(({ application: { applicationId, displayName }, pfx, password }) => ({
    application: { applicationId, ...(typeof displayName === 'string' && { displayName }) },
    applicationCertificate: pfx,
    applicationCertificatePassword: password,
  }));
  const call = { path: pathOf(organization), what: 'installing the certificates of the backup applications' };
  await putCertificates(
    client,
    call,
    body,
    packed.flatMap(({ pfx, password }) => [pfx, password]),
  );
}

function readPresent(client: RestClient, organization: Pick<RestOrganization, 'id'>): Promise<Present[]> {
  const call: RestCall = { path: pathOf(organization), what: 'reading the backup applications' };
  return readPages(client, call, applicationSchema);
}

function pathOf({ id }: Pick<RestOrganization, 'id'>): string {
  return `/v8/Organizations/${id}/BackupApplications`;
}

function toReported({ applicationId, certificateThumbprint }: Present): ReportedCredential {
  return {
    setting: 'backupApplication',
    applicationId: applicationId.toLowerCase(),
    thumbprint: normalizedThumbprint(certificateThumbprint),
  };
}

function isCurrent({ certificateThumbprint }: Present, { certificate }: RestBackupApplication): boolean {
  return normalizedThumbprint(certificateThumbprint) === certificate.generation.certificate.thumbprint;
}

function findWanted(wanted: readonly RestBackupApplication[], id: string): RestBackupApplication | undefined {
  return wanted.find(({ clientId }) => isSameId(clientId, id));
}

function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function foreign({ applicationId, displayName }: Present, { id }: Pick<RestOrganization, 'id'>): Vb365Error {
  return new Vb365Error('rest-backup-application-foreign', {
    subject: applicationId,
    message: `the organization ${id} has the backup application ${applicationId} (${shown(displayName ?? '')}), which is not declared; the REST API replaces all of them at once and would lose it`,
    cure: 'declare it under backupApplications, or install with PowerShell (Set-VBOBackupApplication changes one alone): --via bundle, ssh or local',
  });
}

function unknown(clientId: string, present: readonly Present[]): Vb365Error {
  const ids = present.map(({ applicationId }) => applicationId).join(', ') || 'none';
  return new Vb365Error('rest-backup-application-unknown', {
    subject: clientId,
    message: `the organization has no backup application ${clientId}; it has ${ids}`,
    cure: 'remove it from backupApplications: Veeam Backup for Microsoft 365 8 takes no new ones, and renews those it has',
  });
}
