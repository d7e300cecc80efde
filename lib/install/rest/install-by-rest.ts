import { Vb365Error } from '../../errors';
import {
  readBackupApplications,
  replaceBackupApplications,
  type RestBackupApplication,
} from '../../rest/backup-applications';
import { packCertificate, type PackedCertificate, type RestCertificate } from '../../rest/certificate';
import { type RestClient, type RestConnection, withRestSession } from '../../rest/client';
import {
  credentialsOf,
  findOrganization,
  readOrganization,
  type ReportedCredential,
  type RestOrganization,
  settingNames,
} from '../../rest/organization';
import { putCertificates } from '../../rest/put';

/** What became of one lineage. Nothing in it is secret. */
export interface RestInstallation {
  readonly organization: { readonly id: string; readonly name: string };
  /** `contoso/entra-application` */
  readonly lineage: string;
  /** Four digits. */
  readonly generation: string;
  /** SHA-1 of the certificate that is in use now; after a dry run, of the one that would be. */
  readonly thumbprint: string;
  /** What the product used before where the certificate belongs, as it reported it. */
  readonly before: readonly ReportedCredential[];
  /** Whether anything was installed; after a dry run, whether it would be. */
  readonly changed: boolean;
  /** Lineages whose certificates were replaced with it, because the REST API replaces all of an organization at once. */
  readonly also: readonly string[];
}

interface InstallOptions {
  readonly tenantId: string;
  /** Reads and compares, and changes nothing. @default false */
  readonly dryRun?: boolean;
}

export interface OrganizationInstallOptions extends InstallOptions {
  readonly certificate: RestCertificate;
  /** Application that the certificate belongs to. @default the one that the organization signs in with */
  readonly clientId?: string;
}

export interface BackupApplicationInstallOptions extends InstallOptions {
  /** The one whose certificate is asked for. */
  readonly backupApplication: RestBackupApplication;
  /** The others that are declared for the organization: the REST API replaces all of them at once. */
  readonly others: readonly RestBackupApplication[];
}

/**
 * Makes an organization sign in with a certificate, in a session of its own. Already done costs three requests and no key.
 *
 * @throws Vb365Error `rest-organization-unknown`, `rest-organization-ambiguous`, `rest-organization-without-application`,
 * `rest-applications-differ`, `rest-application-unused`, `rest-certificate-refused`, `rest-not-installed`, those of `RestClient`, and what opening the
 * key throws. Whatever is thrown before the product has accepted, it goes on with what it used before.
 */
export function installByRest(
  connection: RestConnection,
  options: OrganizationInstallOptions,
): Promise<RestInstallation> {
  return withRestSession(connection, (client) => installOrganization(client, options));
}

/** The same for a backup application. @throws Vb365Error `rest-backup-application-foreign`, `rest-backup-application-unknown` */
export function installBackupApplicationByRest(
  connection: RestConnection,
  options: BackupApplicationInstallOptions,
): Promise<RestInstallation> {
  return withRestSession(connection, (client) => installBackupApplication(client, options));
}

/** `installByRest` within a session that is open. */
async function installOrganization(
  client: RestClient,
  { tenantId, certificate, clientId, dryRun = false }: OrganizationInstallOptions,
): Promise<RestInstallation> {
  const organization = await findOrganization(client, tenantId);
  const all = credentialsOf(organization);
  if (all.length === 0) throw withoutApplication(organization);
  const applicationId = clientId?.toLowerCase() ?? onlyApplication(organization, all);
  const before = all.filter((one) => one.applicationId === applicationId);
  if (before.length === 0) throw unused(organization, applicationId, all);
  const { thumbprint } = certificate.generation.certificate;
  const isCurrent = (credentials: readonly ReportedCredential[]): boolean =>
    credentials.every((one) => one.thumbprint === thumbprint);

  const changed = !isCurrent(before);
  if (changed && !dryRun) {
    const packed = await packCertificate(certificate);
    const call = { path: `/v8/Organizations/${organization.id}`, what: `installing ${certificate.lineage}` };
    const body = bodyOf(organization, before, packed);
    await putCertificates(client, call, body, [packed.pfx, packed.password]);
    const reported = credentialsOf(await readOrganization(client, organization.id));
    const after = reported.filter((one) => one.applicationId === applicationId);
    if (after.length < before.length || !isCurrent(after)) throw notInstalled(certificate, after);
  }
  return { ...about(organization, certificate), before, changed, also: [] };
}

/** `installBackupApplicationByRest` within a session that is open. */
async function installBackupApplication(
  client: RestClient,
  { tenantId, backupApplication, others, dryRun = false }: BackupApplicationInstallOptions,
): Promise<RestInstallation> {
  const { certificate, clientId } = backupApplication;
  const wanted = [backupApplication, ...others];
  const organization = await findOrganization(client, tenantId);
  const replaced = await replaceBackupApplications(client, organization, wanted, { clientId, dryRun });
  const { before: present, changed, also } = replaced;
  if (changed && !dryRun) {
    const after = await readBackupApplications(client, organization);
    const expected = wanted.filter((one) => present.some((was) => was.applicationId === one.clientId.toLowerCase()));
    for (const one of expected) {
      const reported = after.filter(({ applicationId }) => applicationId === one.clientId.toLowerCase());
      const { thumbprint } = one.certificate.generation.certificate;
      if (reported[0]?.thumbprint !== thumbprint) throw notInstalled(one.certificate, reported);
    }
  }
  const before = present.filter(({ applicationId }) => applicationId === clientId.toLowerCase());
  return { ...about(organization, certificate), before, changed, also };
}

/**
 * What is sent back: the settings of the application, as they were read, with the certificate. What is left out stays as it is:
 * settings of another application, and parts of a hybrid organization that lie on premises, whose passwords cannot be read.
 *
 * @param credentials those of the application
 */
function bodyOf(
  organization: RestOrganization,
  credentials: readonly ReportedCredential[],
  { pfx, password, thumbprint }: PackedCertificate,
): Record<string, unknown> {
  const { type, description, region, isExchangeOnline, isSharePointOnline, isTeamsOnline, isTeamsChatsOnline } =
    organization;
  const kept = { type, description, region, isExchangeOnline, isSharePointOnline, isTeamsOnline, isTeamsChatsOnline };
  const settings = settingNames.flatMap((name) => {
    const credential = credentials.find(({ setting }) => setting === name);
    if (credential === undefined) return [];
    const certificate = {
      useApplicationOnlyAuth: true,
      applicationId: credential.applicationId,
      applicationCertificate: pfx,
      applicationCertificatePassword: password,
      applicationCertificateThumbprint: thumbprint,
    };
    return [[name, { ...present(organization[name] ?? {}), ...certificate }] as const];
  });
  return { ...present(kept), configureApplication: false, ...Object.fromEntries(settings) };
}

/** Without what is null: some values may not be sent so, though they are read so. */
function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

function about(
  { id, name }: RestOrganization,
  { lineage, generation }: RestCertificate,
): Omit<RestInstallation, 'before' | 'changed' | 'also'> {
  const { label, certificate } = generation;
  return { organization: { id, name: name ?? '' }, lineage, generation: label, thumbprint: certificate.thumbprint };
}

function onlyApplication({ id }: RestOrganization, credentials: readonly ReportedCredential[]): string {
  const [applicationId = '', ...others] = new Set(credentials.map((one) => one.applicationId));
  if (others.length === 0) return applicationId;
  throw new Vb365Error('rest-applications-differ', {
    subject: id,
    message: `the organization signs in with several applications, and which one the certificate is for cannot be told: ${inWords(credentials)}`,
    cure: 'name the application with --client-id, or declare it as application: { clientId: … }',
  });
}

function unused(
  { id }: RestOrganization,
  applicationId: string,
  credentials: readonly ReportedCredential[],
): Vb365Error {
  return new Vb365Error('rest-application-unused', {
    subject: id,
    message: `the organization ${id} does not sign in with the application ${applicationId}: ${inWords(credentials)}`,
    cure: 'correct the client id; where the organization shall sign in with another application, edit it in the console: that change belongs to a person',
  });
}

function inWords(credentials: readonly ReportedCredential[]): string {
  return credentials.map(({ setting, applicationId }) => `${setting} ${applicationId}`).join(', ');
}

function withoutApplication({ id }: RestOrganization): Vb365Error {
  return new Vb365Error('rest-organization-without-application', {
    subject: id,
    message: `the organization ${id} signs in with no Entra application: it lies on premises, or uses basic authentication`,
    cure: 'edit the organization in the console and choose modern app-only authentication; from then on its certificate can be installed',
  });
}

function notInstalled({ lineage, generation }: RestCertificate, after: readonly ReportedCredential[]): Vb365Error {
  const reported = after.map((one) => `${one.setting} ${one.thumbprint ?? 'nothing'}`).join(', ') || 'nothing';
  return new Vb365Error('rest-not-installed', {
    subject: lineage,
    message: `${lineage} ${generation.label} (${generation.certificate.thumbprint}) was accepted, and is not what the server reports: ${reported}`,
    cure: 'look at the organization in the console; somebody may have changed it at the same time. Then run the command again',
  });
}
