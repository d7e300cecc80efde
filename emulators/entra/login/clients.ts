import type { Directory } from '../directory/directory';
import type { Application, ServicePrincipal } from '../directory/objects';
import { isSame, type Tenant } from '../directory/tenant';
import { LoginError, unknownApplication, unknownTenant } from './login-error';

/** An application that signs in to a tenant. */
export interface Client {
  readonly tenant: Tenant;
  readonly application: Application;
  readonly servicePrincipal: ServicePrincipal;
}

/** @throws LoginError 90002 */
export function findLoginTenant(directory: Directory, name: string): Tenant {
  const tenant = directory.findTenant(name);
  if (!tenant) throw unknownTenant(name);
  return tenant;
}

/**
 * The application with its service principal in the tenant.
 *
 * @throws LoginError 700016 where the tenant does not know it, 7000229 where the application is registered there and its
 *   service principal is missing, 7000112 where it is disabled.
 */
export function findClient(directory: Directory, tenant: Tenant, clientId: string): Client {
  const registration = directory.findRegistration(clientId);
  if (!registration) throw unknownApplication(clientId, tenant.id);
  const servicePrincipal = tenant.servicePrincipalOf(clientId);
  if (!servicePrincipal) {
    if (!isSame(registration.tenant.id, tenant.id)) throw unknownApplication(clientId, tenant.id);
    throw new LoginError(
      7000229,
      'unauthorized_client',
      `The client application '${clientId}' is missing service principal in the tenant '${tenant.id}'.`,
    );
  }
  if (servicePrincipal.accountEnabled === false) {
    throw new LoginError(7000112, 'unauthorized_client', `Application '${clientId}' is disabled.`);
  }
  return { tenant, application: registration.application, servicePrincipal };
}

/**
 * Delegated permissions that an administrator has granted to a client on an API.
 *
 * @throws LoginError 65001 where one that is asked for is not among them.
 */
export function consentedScopes(client: Client, resourceId: string, asked: readonly string[]): string[] {
  const granted = client.tenant.permissionGrants
    .all()
    .filter((grant) => grant.clientId === client.servicePrincipal.id && grant.resourceId === resourceId)
    .flatMap(({ scope }) => scope.split(' ').filter(Boolean));
  const missing = asked.filter((name) => name !== '.default' && !granted.includes(name));
  if (granted.length === 0 || missing.length > 0) {
    const { appId, displayName } = client.application;
    throw new LoginError(
      65001,
      'invalid_grant',
      `The user or administrator has not consented to use the application with ID '${appId}' named '${displayName}'. Not granted: ${missing.join(', ') || 'any permission'}.`,
    );
  }
  return granted;
}
