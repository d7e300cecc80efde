import { type JsonObject, textOf } from '../plan/json-values';
import type { FoundApplication } from './applications';
import type { DeclaredResource, DeclaredStack } from './declared-stack';
import { declaredThumbprint, type EntraObjects } from './entra-objects';

/** Where an application holds another certificate under the key id. */
export const OTHER_CERTIFICATE = Symbol('another certificate');

/** Undefined where Entra has no such thing. */
type ImportId = string | typeof OTHER_CERTIFICATE | undefined;

type Find = (resource: DeclaredResource, stack: DeclaredStack, entra: EntraObjects) => Promise<ImportId>;

/** The role that stands for the whole tenant. */
const TENANT_SCOPE = '/';

/**
 * How each type is found, and the id by which the provider imports it.
 *
 * Source: the section "Import" of each resource's documentation, measured with azuread 3.7.0.
 */
const FINDERS: Readonly<Record<string, Find>> = {
  azuread_application: async (resource, stack, entra) => {
    const application = await entra.application(resource, stack);
    return application && `/applications/${application.objectId}`;
  },
  azuread_service_principal: async ({ attributes }, stack, entra) => {
    const clientId = await entra.textOf(attributes.client_id, stack);
    const objectId = clientId === undefined ? undefined : await entra.principalOf(clientId);
    return objectId && `/servicePrincipals/${objectId}`;
  },
  azuread_application_certificate: ofApplication((application, { attributes, ...resource }) => {
    const keyId = textOf(attributes.key_id)?.toLowerCase();
    const held = application.keyCredentials.find((credential) => credential.keyId === keyId);
    if (held === undefined) return undefined;
    const isSame = held.thumbprint === declaredThumbprint({ attributes, ...resource });
    return isSame ? `${application.objectId}/certificate/${held.keyId}` : OTHER_CERTIFICATE;
  }),
  azuread_application_api_access: ofApplication(async (application, { attributes }, stack, entra) => {
    const clientId = await entra.textOf(attributes.api_client_id, stack);
    const isThere = clientId !== undefined && application.apis.includes(clientId.toLowerCase());
    return isThere ? `/applications/${application.objectId}/apiAccess/${clientId}` : undefined;
  }),
  azuread_application_identifier_uri: ofApplication(async (application, { attributes }, stack, entra) => {
    const uri = await entra.textOf(attributes.identifier_uri, stack);
    const isThere = uri !== undefined && application.identifierUris.includes(uri);
    return isThere
      ? `/applications/${application.objectId}/identifierUris/${Buffer.from(uri).toString('base64')}`
      : undefined;
  }),
  azuread_application_redirect_uris: ofApplication((application, { attributes }) => {
    const type = textOf(attributes.type) ?? '';
    const isThere = (application.redirectUris[type] ?? []).length > 0;
    return isThere ? `/applications/${application.objectId}/redirectUris/${type}` : undefined;
  }),
  azuread_application_fallback_public_client: ofApplication((application) =>
    application.publicClientFlows ? `/applications/${application.objectId}/fallbackPublicClient` : undefined,
  ),
  azuread_app_role_assignment: async ({ attributes }, stack, entra) => {
    const [principal, resource, role] = await texts(
      [attributes.principal_object_id, attributes.resource_object_id, attributes.app_role_id],
      stack,
      entra,
    );
    if (principal === undefined || resource === undefined) return undefined;
    const all = await entra.list(`/servicePrincipals/${principal}/appRoleAssignments`);
    const id = idOf(all, { resourceId: resource, appRoleId: role });
    return id && `/servicePrincipals/${resource}/appRoleAssignedTo/${id}`;
  },
  azuread_service_principal_delegated_permission_grant: async ({ attributes }, stack, entra) => {
    const [principal, resource] = await texts(
      [attributes.service_principal_object_id, attributes.resource_service_principal_object_id],
      stack,
      entra,
    );
    if (principal === undefined) return undefined;
    const all = await entra.list(`/oauth2PermissionGrants?$filter=clientId%20eq%20%27${principal}%27`);
    // Those of the whole tenant: what a person has granted for themselves is theirs.
    const id = idOf(all, { resourceId: resource, consentType: 'AllPrincipals' });
    return id && `/oauth2PermissionGrants/${id}`;
  },
  azuread_directory_role_assignment: async ({ attributes }, stack, entra) => {
    const [principal, role] = await texts([attributes.principal_object_id, attributes.role_id], stack, entra);
    if (principal === undefined) return undefined;
    const path = '/roleManagement/directory/roleAssignments';
    const all = await entra.list(`${path}?$filter=principalId%20eq%20%27${principal}%27`);
    const id = idOf(all, { roleDefinitionId: role, directoryScopeId: TENANT_SCOPE });
    return id && `${path}/${id}`;
  },
};

/** Whether Entra has such things at all. */
export function isOfEntra({ type }: DeclaredResource): boolean {
  return Object.hasOwn(FINDERS, type);
}

/**
 * The id by which the provider imports a resource.
 *
 * @throws Vb365Error `recover-application-ambiguous`, `graph-refused`, `verify-unreachable`
 */
export async function findImportId(
  resource: DeclaredResource,
  stack: DeclaredStack,
  entra: EntraObjects,
): Promise<ImportId> {
  return FINDERS[resource.type]?.(resource, stack, entra);
}

/** Of a part of an application, which is named by its id. */
function ofApplication(
  find: (
    application: FoundApplication,
    resource: DeclaredResource,
    stack: DeclaredStack,
    entra: EntraObjects,
  ) => ImportId | Promise<ImportId>,
): Find {
  return async (resource, stack, entra) => {
    const id = await entra.textOf(resource.attributes.application_id, stack);
    const application = id === undefined ? undefined : await entra.applicationOfId(id);
    return application && find(application, resource, stack, entra);
  };
}

function texts(
  values: readonly unknown[],
  stack: DeclaredStack,
  entra: EntraObjects,
): Promise<readonly (string | undefined)[]> {
  return Promise.all(values.map((value) => entra.textOf(value, stack)));
}

/** Ids of grants are base64 for addresses; nothing else goes into a file. */
const GRANT_ID = /^[\w-]{1,256}$/;

/** Of the one that has those values, whatever the case: most are UUIDs. */
function idOf(
  objects: readonly JsonObject[],
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const found = objects.find((object) =>
    Object.entries(values).every(
      ([name, value]) => value !== undefined && textOf(object[name])?.toLowerCase() === value.toLowerCase(),
    ),
  );
  const id = textOf(found?.id) ?? '';
  return GRANT_ID.test(id) ? id : undefined;
}
