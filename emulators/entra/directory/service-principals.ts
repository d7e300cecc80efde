import { randomUUID } from 'node:crypto';
import { badRequest, conflict } from '../graph-error';
import { acceptPatch, type PatchRules } from './accept-patch';
import type { JsonObject } from './merge-patch';
import { newServicePrincipal } from './new-application';
import { type Application, type ServicePrincipal, servicePrincipalSchema } from './objects';
import type { Tenant } from './tenant';

const rules: PatchRules<ServicePrincipal> = {
  kind: 'ServicePrincipal',
  schema: servicePrincipalSchema,
  readOnly: [
    'id',
    'appId',
    'createdDateTime',
    'deletedDateTime',
    'displayName',
    'servicePrincipalType',
    'appRoles',
    'oauth2PermissionScopes',
    'passwordCredentials',
  ],
};

/**
 * Makes an application known in a tenant.
 *
 * @param application where the tenant may use one with that client id; undefined otherwise.
 * @throws GraphError 400 where the tenant may use no such application, 409 where it has a service principal already.
 */
export function createServicePrincipal(
  tenant: Tenant,
  application: Application | undefined,
  body: JsonObject,
  at: Date,
): ServicePrincipal {
  const appId = typeof body.appId === 'string' ? body.appId : '';
  if (!application) {
    throw badRequest(
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
      'NoBackingApplicationObject',
    );
  }
  if (tenant.servicePrincipalOf(appId)) {
    throw conflict(
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const fresh = newServicePrincipal({ id: randomUUID(), appId: application.appId, at });
  const servicePrincipal = acceptPatch(rules, fresh, body, at);
  tenant.servicePrincipals.add(servicePrincipal, at);
  return servicePrincipal;
}

/** @throws GraphError 400 */
export function updateServicePrincipal(
  tenant: Tenant,
  previous: ServicePrincipal,
  body: JsonObject,
  at: Date,
): ServicePrincipal {
  const servicePrincipal = acceptPatch(rules, previous, body, at);
  tenant.servicePrincipals.replace(servicePrincipal);
  return servicePrincipal;
}

/** What it was granted is gone at once; the service principal itself can be restored with its application. */
export function deleteServicePrincipal(tenant: Tenant, servicePrincipal: ServicePrincipal, at: Date): void {
  tenant.revokeGrantsOf(servicePrincipal.id);
  tenant.servicePrincipals.delete(servicePrincipal.id);
  tenant.deletedServicePrincipals.add({ ...servicePrincipal, deletedDateTime: at.toISOString() }, at);
}

export function restoreServicePrincipal(tenant: Tenant, appId: string, at: Date): void {
  const deleted = tenant.deletedServicePrincipals
    .all()
    .findLast((servicePrincipal) => servicePrincipal.appId === appId);
  if (!deleted) return;
  tenant.deletedServicePrincipals.delete(deleted.id);
  tenant.servicePrincipals.add({ ...deleted, deletedDateTime: null }, at);
}
