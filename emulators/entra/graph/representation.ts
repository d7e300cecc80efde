import type { Directory } from '../directory/directory';
import type { JsonObject } from '../directory/merge-patch';
import {
  type Application,
  type AppRoleAssignment,
  type KeyCredential,
  redirectUrisOf,
  type ServicePrincipal,
} from '../directory/objects';
import type { Tenant } from '../directory/tenant';

/** What a request asked for, as far as it changes what is shown. */
export interface Showing {
  /** Microsoft Graph shows the key itself only to `$select=keyCredentials` on a single object. */
  readonly withKeys: boolean;
}

/** An application as Microsoft Graph shows it: without secrets, and with keys only where they were asked for. */
export function showApplication(application: Application, showing: Showing = { withKeys: false }): JsonObject {
  return {
    ...application,
    keyCredentials: application.keyCredentials.map((credential) => showKeyCredential(credential, showing)),
    passwordCredentials: application.passwordCredentials.map((credential) => ({ ...credential, secretText: null })),
  };
}

/** A service principal as Microsoft Graph shows it, with what it takes from its application. */
export function showServicePrincipal(
  directory: Directory,
  tenant: Tenant,
  servicePrincipal: ServicePrincipal,
  showing: Showing = { withKeys: false },
): JsonObject {
  const registration = directory.findRegistration(servicePrincipal.appId);
  const application = registration?.application ?? tenant.deletedApplications.all().find(isOf(servicePrincipal));
  return {
    ...servicePrincipal,
    keyCredentials: servicePrincipal.keyCredentials.map((credential) => showKeyCredential(credential, showing)),
    appDisplayName: application?.displayName ?? null,
    appOwnerOrganizationId: registration?.tenant.id ?? null,
    appRoles: application?.appRoles ?? [],
    displayName: application?.displayName ?? null,
    homepage: application?.web.homePageUrl ?? null,
    logoutUrl: application?.web.logoutUrl ?? null,
    oauth2PermissionScopes: application?.api.oauth2PermissionScopes ?? [],
    replyUrls: application ? redirectUrisOf(application) : [],
    samlMetadataUrl: null,
    servicePrincipalNames: [servicePrincipal.appId, ...(application?.identifierUris ?? [])],
    signInAudience: application?.signInAudience ?? null,
  };
}

/** An app role assignment as Microsoft Graph shows it, with the names of both ends. */
export function showAppRoleAssignment(directory: Directory, tenant: Tenant, assignment: AppRoleAssignment): JsonObject {
  const nameOf = (id: string): string | null => {
    const appId = tenant.servicePrincipals.get(id)?.appId;
    return appId === undefined ? null : (directory.findRegistration(appId)?.application.displayName ?? null);
  };
  return {
    ...assignment,
    deletedDateTime: null,
    principalDisplayName: nameOf(assignment.principalId),
    principalType: 'ServicePrincipal',
    resourceDisplayName: nameOf(assignment.resourceId),
  };
}

function showKeyCredential(credential: KeyCredential, { withKeys }: Showing): JsonObject {
  return withKeys ? credential : { ...credential, key: null };
}

function isOf({ appId }: ServicePrincipal): (application: Application) => boolean {
  return (application) => application.appId === appId;
}
