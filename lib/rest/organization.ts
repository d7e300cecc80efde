import { z } from 'zod';
import { Vb365Error } from '../errors';
import { shown } from '../words/shown';
import type { RestClient } from './client';
import { formatRestAddress } from './address';
import { readPages } from './pages';
import { thumbprintDigits } from '../certificates/thumbprint';

/** Connection settings of one service of an organization; whatever else the server says of them is kept. */
const settingsSchema = z.looseObject({
  useApplicationOnlyAuth: z.boolean().nullish(),
  applicationId: z.string().max(100).nullish(),
  applicationCertificateThumbprint: z.string().max(200).nullish(),
});

const organizationSchema = z.looseObject({
  id: z.guid(),
  msid: z.string().max(100).nullish(),
  name: z.string().max(1000).nullish(),
  type: z.string().max(100).nullish(),
  exchangeOnlineSettings: settingsSchema.nullish(),
  sharePointOnlineSettings: settingsSchema.nullish(),
});

export type RestOrganization = z.infer<typeof organizationSchema>;

/** The settings that hold an application, by the service that they are for. */
export const settingNames = ['exchangeOnlineSettings', 'sharePointOnlineSettings'] as const;
export type SettingName = (typeof settingNames)[number];

/** An application that VB365 signs in with, as the REST API reports it. */
export interface ReportedCredential {
  readonly setting: SettingName | 'backupApplication';
  /** Client id in lower case. */
  readonly applicationId: string;
  /** SHA-1 as 40 upper-case hex digits; undefined where there is no certificate. */
  readonly thumbprint: string | undefined;
}

/**
 * The organization of a tenant.
 *
 * @throws Vb365Error `rest-organization-unknown`, `rest-organization-ambiguous`, and those of `RestClient`
 */
export async function findOrganization(client: RestClient, tenantId: string): Promise<RestOrganization> {
  const path = `/v8/Organizations?msid=${encodeURIComponent(tenantId)}`;
  const found = await readPages(client, { path, what: 'reading the organizations' }, organizationSchema);
  // A server that does not know the filter would give every organization.
  const matching = found.filter(({ msid }) => msid?.toLowerCase() === tenantId.toLowerCase());
  const [organization, ...others] = [...new Map(matching.map((one) => [one.id, one])).values()];
  if (organization === undefined) throw unknown(tenantId, client);
  if (others.length > 0) throw ambiguous(tenantId, [organization, ...others]);
  return organization;
}

/** The organization once more, after a change. */
export function readOrganization(client: RestClient, id: string): Promise<RestOrganization> {
  return client.get({ path: `/v8/Organizations/${id}`, what: 'reading the organization back' }, organizationSchema);
}

/** What an organization signs in with, of each service that signs in with an application. */
export function credentialsOf(organization: RestOrganization): ReportedCredential[] {
  return settingNames.flatMap((setting) => {
    const settings = organization[setting];
    if (!settings || settings.useApplicationOnlyAuth === false) return [];
    const { applicationId, applicationCertificateThumbprint } = settings;
    if (typeof applicationId !== 'string') return [];
    return [
      {
        setting,
        applicationId: applicationId.toLowerCase(),
        thumbprint: normalizedThumbprint(applicationCertificateThumbprint),
      },
    ];
  });
}

export function normalizedThumbprint(thumbprint: string | null | undefined): string | undefined {
  const digits = thumbprintDigits(thumbprint ?? '');
  return digits === '' ? undefined : digits;
}

function unknown(tenantId: string, { situation }: RestClient): Vb365Error {
  return new Vb365Error('rest-organization-unknown', {
    subject: tenantId,
    message: `Veeam Backup for Microsoft 365 at ${formatRestAddress(situation.address)} has no organization of the tenant ${tenantId}`,
    cure: 'add the organization in the console first, or correct tenantId or the installation in the configuration',
  });
}

function ambiguous(tenantId: string, organizations: readonly RestOrganization[]): Vb365Error {
  const names = organizations.map(({ id, name }) => `${shown(name ?? '')} (${id})`).join(', ');
  return new Vb365Error('rest-organization-ambiguous', {
    subject: tenantId,
    message: `several organizations belong to the tenant ${tenantId}, and which one is meant cannot be told: ${names}`,
    cure: 'remove those that are not backed up any more, or install with PowerShell (--via bundle)',
  });
}
