import { apis } from '../../../lib/catalogue/permission-ids';
import type { Directory } from '../directory/directory';
import type { Application, ServicePrincipal } from '../directory/objects';
import type { Tenant } from '../directory/tenant';
import { LoginError } from './login-error';

/** An API that a token is asked for. */
export interface Resource {
  readonly application: Application;
  readonly servicePrincipal: ServicePrincipal;
}

/** Scopes of OpenID Connect belong to no API, and to any token. */
const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** Names that stand for Microsoft Graph: the emulator is its address. */
export interface ResourceNames {
  readonly graphUrl: string;
}

/**
 * The API and the names of its permissions in a `scope` parameter: `https://graph.microsoft.com/User.Read openid`.
 * A permission without an API is one of Microsoft Graph's.
 *
 * @throws LoginError 70011 where it names several APIs, 500011 where the tenant has no service principal of it.
 */
export function readScope(
  directory: Directory,
  tenant: Tenant,
  scope: string,
  { graphUrl }: ResourceNames,
): { readonly resource: Resource; readonly permissions: readonly string[] } {
  const parts = scope.split(/\s+/).filter((part) => part !== '' && !OPENID_SCOPES.includes(part));
  const split = parts.map((part) => /^(?:(.+)\/)?([^/]+)$/.exec(part) ?? ['', part, '']);
  const names = new Set(split.map(([, name]) => (name ?? apis.MicrosoftGraph.clientId).replace(/\/$/, '')));
  if (names.size > 1) {
    throw new LoginError(
      70011,
      'invalid_scope',
      `The scope '${scope}' names several APIs; a token is for one of them.`,
    );
  }
  const [name = apis.MicrosoftGraph.clientId] = names;
  const resource = findResource(directory, tenant, name === graphUrl ? apis.MicrosoftGraph.clientId : name);
  if (!resource) {
    throw new LoginError(
      500011,
      'invalid_resource',
      `The resource principal named '${name}' was not found in the tenant '${tenant.id}'.`,
    );
  }
  return { resource, permissions: split.map(([, , permission = '']) => permission) };
}

function findResource(directory: Directory, tenant: Tenant, name: string): Resource | undefined {
  for (const servicePrincipal of tenant.servicePrincipals.all()) {
    const application = directory.findRegistration(servicePrincipal.appId)?.application;
    const isNamed = servicePrincipal.appId === name.toLowerCase() || application?.identifierUris.includes(name);
    if (application && isNamed === true) return { application, servicePrincipal };
  }
  // Each tenant has a SharePoint address of its own.
  return /^https:\/\/[a-z0-9-]+\.sharepoint\.(?:com|us|cn)$/.test(name)
    ? findResource(directory, tenant, apis.SharePointOnline.clientId)
    : undefined;
}
