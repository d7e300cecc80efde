import { randomUUID } from 'node:crypto';
import { conflict, notFound } from '../graph-error';
import { acceptPatch, type PatchRules } from './accept-patch';
import { checkApplication } from './application-rules';
import type { JsonObject } from './merge-patch';
import { newApplication } from './new-application';
import { type Application, applicationSchema } from './objects';
import { deleteServicePrincipal, restoreServicePrincipal } from './service-principals';
import type { Tenant } from './tenant';

const rules: PatchRules<Application> = {
  kind: 'Application',
  schema: applicationSchema,
  readOnly: ['id', 'appId', 'createdDateTime', 'deletedDateTime', 'publisherDomain', 'passwordCredentials'],
};

/**
 * Registers an application.
 *
 * @param appId client id; Entra chooses one, a test may want a certain one.
 * @throws GraphError 400, 409
 */
export function createApplication(
  tenant: Tenant,
  body: JsonObject,
  at: Date,
  appId: string = randomUUID(),
): Application {
  const application = acceptPatch(
    rules,
    newApplication({ id: randomUUID(), appId: appId.toLowerCase(), at }),
    body,
    at,
  );
  checkApplication(application, undefined);
  checkUniqueUris(tenant, application);
  tenant.applications.add(application, at);
  return application;
}

/**
 * Changes an application: objects are merged, lists replaced.
 *
 * @throws GraphError 400, 409
 */
export function updateApplication(tenant: Tenant, previous: Application, body: JsonObject, at: Date): Application {
  const application = acceptPatch(rules, previous, body, at);
  checkApplication(application, previous);
  checkUniqueUris(tenant, application);
  tenant.applications.replace(application);
  return application;
}

/** The application and its service principal of this tenant can be restored; what was granted is gone. */
export function deleteApplication(tenant: Tenant, application: Application, at: Date): void {
  tenant.applications.delete(application.id);
  tenant.deletedApplications.add({ ...application, deletedDateTime: at.toISOString() }, at);
  const servicePrincipal = tenant.servicePrincipalOf(application.appId);
  if (servicePrincipal) deleteServicePrincipal(tenant, servicePrincipal, at);
}

/** @throws GraphError 404 where it was not deleted, or is gone for good. */
export function restoreApplication(tenant: Tenant, id: string, at: Date): Application {
  const deleted = tenant.deletedApplications.get(id);
  if (!deleted) throw notFound('Resource', id);
  const application = { ...deleted, deletedDateTime: null };
  checkUniqueUris(tenant, application);
  tenant.deletedApplications.delete(id);
  tenant.applications.add(application, at);
  restoreServicePrincipal(tenant, application.appId, at);
  return application;
}

function checkUniqueUris(tenant: Tenant, application: Application): void {
  const taken = tenant.applications
    .all()
    .filter(({ id }) => id !== application.id)
    .flatMap(({ identifierUris }) => identifierUris);
  const twice = application.identifierUris.find((uri) => taken.includes(uri));
  if (twice !== undefined) {
    throw conflict(`Another object with the same value for property identifierUris already exists: '${twice}'.`);
  }
}
