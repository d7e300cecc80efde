import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CertificateOpener, checkSignIn } from './application-certificate';
import { schemaOf } from './openapi';
import { idOf, type OrganizationDependencies } from './organization-routes';
import type { BackupApplication, Organization } from './organizations';
import { pageOf } from './page';
import { invalid, notFound } from './rest-error';

const handedSchema = z.array(
  z.looseObject({
    application: z.looseObject({ applicationId: z.guid(), displayName: z.string().optional() }),
    applicationCertificate: z.string(),
    applicationCertificatePassword: z.string().default(''),
  }),
);

const idsSchema = z.array(z.guid());

/** `/v8/Organizations/{organizationId}/BackupApplications`: PUT replaces all of them. */
export function backupApplicationRoutes(
  rest: FastifyInstance,
  { organizations, entra }: OrganizationDependencies,
): void {
  const route = '/v8/Organizations/:organizationId/BackupApplications';
  const path = '/v8/Organizations/{organizationId}/BackupApplications';

  rest.get(route, { schema: schemaOf(path, 'get') }, (request) =>
    pageOf(organizations.get(idOf(request.params)).backupApplications.map(toAnswer), request.query),
  );

  rest.put(route, { schema: schemaOf(path, 'put') }, async (request, reply) => {
    const organization = organizations.get(idOf(request.params));
    const backupApplications = await open(organization, request.body);
    organizations.update(organization.id, { backupApplications });
    return reply.code(204).send();
  });

  rest.post(route, { schema: schemaOf(path, 'post') }, async (request, reply) => {
    const organization = organizations.get(idOf(request.params));
    const added = await open(organization, request.body);
    const present = organization.backupApplications;
    const twice = added.find(({ applicationId }) => present.some((one) => one.applicationId === applicationId));
    if (twice) throw invalid(`The backup application '${twice.applicationId}' has been added already.`);
    organizations.update(organization.id, { backupApplications: [...present, ...added] });
    return reply.code(204).send();
  });

  rest.delete(route, { schema: schemaOf(path, 'delete') }, (request, reply) => {
    const organization = organizations.get(idOf(request.params));
    const removed = idsSchema.parse(request.body);
    const present = organization.backupApplications;
    const unknown = removed.find((id) => !present.some(({ applicationId }) => applicationId === id));
    if (unknown !== undefined) throw notFound(`Backup application '${unknown}'`);
    const kept = present.filter(({ applicationId }) => !removed.includes(applicationId));
    organizations.update(organization.id, { backupApplications: kept });
    return reply.code(204).send();
  });

  /** All are opened and signed in with before any is kept. */
  async function open(organization: Organization, body: unknown): Promise<BackupApplication[]> {
    const opener = new CertificateOpener();
    const applications = handedSchema.parse(body).map((one) => ({
      applicationId: one.application.applicationId,
      displayName: one.application.displayName ?? one.application.applicationId,
      certificate: opener.open({
        pfx: one.applicationCertificate,
        password: one.applicationCertificatePassword,
      }),
    }));
    for (const { applicationId, certificate } of applications) {
      await checkSignIn(entra, organization.msid, applicationId, certificate);
    }
    return applications;
  }
}

function toAnswer({ applicationId, displayName, certificate }: BackupApplication): Record<string, unknown> {
  return { applicationId, displayName, certificateThumbprint: certificate?.certificate.thumbprint ?? '' };
}
