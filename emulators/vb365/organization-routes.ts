import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CertificateOpener, checkSignIn } from './application-certificate';
import type { EntraClient } from './entra-sign-in';
import { schemaOf } from './openapi';
import type { ApplicationCredential, Organization, Organizations } from './organizations';
import { pageOf } from './page';
import { invalid } from './rest-error';

export interface OrganizationDependencies {
  readonly organizations: Organizations;
  readonly entra: EntraClient;
}

const paramsSchema = z.object({ organizationId: z.string() });
const querySchema = z.looseObject({ msid: z.guid().optional() });

const settingsSchema = z.looseObject({
  useApplicationOnlyAuth: z.boolean().nullish(),
  applicationId: z.string().nullish(),
  applicationCertificate: z.string().optional(),
  applicationCertificatePassword: z.string().optional(),
  applicationCertificateThumbprint: z.string().optional(),
});

type Settings = z.infer<typeof settingsSchema>;

const changesSchema = z.looseObject({
  type: z.string().nullish(),
  description: z.string().nullish(),
  configureApplication: z.boolean().nullish(),
  userCode: z.string().optional(),
  exchangeOnlineSettings: settingsSchema.nullish(),
  sharePointOnlineSettings: settingsSchema.nullish(),
});

/** `/v8/Organizations`, whose certificates are kept only after Entra has taken them. */
export function organizationRoutes(rest: FastifyInstance, { organizations, entra }: OrganizationDependencies): void {
  rest.get('/v8/Organizations', { schema: schemaOf('/v8/Organizations', 'get') }, (request) => {
    const { msid } = querySchema.parse(request.query);
    const found = organizations.all().filter((one) => msid === undefined || one.msid === msid.toLowerCase());
    return pageOf(found.map(toAnswer), request.query);
  });

  const one = '/v8/Organizations/:organizationId';
  const path = '/v8/Organizations/{organizationId}';
  rest.get(one, { schema: schemaOf(path, 'get') }, (request) => toAnswer(organizations.get(idOf(request.params))));

  rest.put(one, { schema: schemaOf(path, 'put') }, async (request, reply) => {
    const organization = organizations.get(idOf(request.params));
    const changes = changesSchema.parse(request.body);
    if (changes.configureApplication === true && changes.userCode === undefined) {
      throw invalid('The userCode is required to configure the application.');
    }
    const opener = new CertificateOpener();
    const take = (
      present: ApplicationCredential | undefined,
      settings: Settings | null | undefined,
    ): Promise<ApplicationCredential | undefined> => takeSettings({ entra, opener, organization }, present, settings);
    // Both are checked before either is kept.
    const exchangeOnline = await take(organization.exchangeOnline, changes.exchangeOnlineSettings);
    const sharePointOnline = await take(organization.sharePointOnline, changes.sharePointOnlineSettings);
    organizations.update(organization.id, {
      exchangeOnline,
      sharePointOnline,
      ...(typeof changes.description === 'string' && { description: changes.description }),
    });
    return reply.code(204).send();
  });
}

export function idOf(params: unknown): string {
  return paramsSchema.parse(params).organizationId;
}

interface Taking {
  readonly entra: EntraClient;
  readonly opener: CertificateOpener;
  readonly organization: Organization;
}

async function takeSettings(
  { entra, opener, organization }: Taking,
  present: ApplicationCredential | undefined,
  settings: Settings | null | undefined,
): Promise<ApplicationCredential | undefined> {
  if (!settings) return present;
  if (settings.useApplicationOnlyAuth === false) throw invalid('Basic authentication is not supported.');
  const applicationId = settings.applicationId ?? present?.applicationId;
  if (applicationId === undefined) throw invalid('The applicationId is required.');
  const { applicationCertificate: pfx, applicationCertificatePassword: password = '' } = settings;
  if (pfx === undefined) throw invalid('The applicationCertificate is required.');
  const certificate = opener.open({ pfx, password, thumbprint: settings.applicationCertificateThumbprint });
  await checkSignIn(entra, organization.msid, applicationId, certificate);
  return { applicationId, certificate };
}

/** RestOrganizationComposed: certificates are never given, only their thumbprints. */
function toAnswer(organization: Organization): Record<string, unknown> {
  const { id, exchangeOnline, sharePointOnline } = organization;
  return {
    id,
    type: 'Office365',
    region: organization.region,
    name: organization.officeName,
    officeName: organization.officeName,
    description: organization.description,
    msid: organization.msid,
    isExchangeOnline: exchangeOnline !== undefined,
    isSharePointOnline: sharePointOnline !== undefined,
    isTeamsOnline: sharePointOnline !== undefined,
    isBackedup: true,
    exchangeOnlineSettings: settingsAnswer(exchangeOnline, organization.officeName),
    sharePointOnlineSettings: settingsAnswer(sharePointOnline, organization.officeName),
    _links: { self: { href: `/v8/Organizations/${id}` } },
  };
}

function settingsAnswer(
  credential: ApplicationCredential | undefined,
  officeOrganizationName: string,
): Record<string, unknown> | null {
  if (!credential) return null;
  return {
    useApplicationOnlyAuth: true,
    officeOrganizationName,
    sharePointSaveAllWebParts: false,
    applicationId: credential.applicationId,
    applicationCertificateThumbprint: credential.certificate?.certificate.thumbprint ?? '',
  };
}
