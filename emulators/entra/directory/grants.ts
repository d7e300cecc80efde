import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { directoryRoles } from '../../../lib/catalogue/permission-ids';
import { badRequest, conflict, notFound } from '../graph-error';
import type { Application, AppRoleAssignment, PermissionGrant, RoleAssignment } from './objects';
import { isSame, type Tenant } from './tenant';

/** The role that stands for none, where an application has no roles. */
const DEFAULT_ROLE = '00000000-0000-0000-0000-000000000000';

const appRoleAssignmentBody = z.object({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() });

const permissionGrantBody = z.object({
  clientId: z.guid(),
  resourceId: z.guid(),
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z.guid().nullish(),
  scope: z.string().nullish(),
});

const roleAssignmentBody = z.object({
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string().default('/'),
});

/**
 * Grants an application permission (an app role of the resource).
 *
 * @param resource the application behind the resource.
 * @throws GraphError 400 where the role is not one of the resource's, or is granted already.
 */
export function assignAppRole(
  tenant: Tenant,
  resource: Application | undefined,
  body: unknown,
  at: Date,
): AppRoleAssignment {
  const { principalId, resourceId, appRoleId } = appRoleAssignmentBody.parse(body);
  const role = resource?.appRoles.find(({ id }) => isSame(id, appRoleId));
  if (appRoleId !== DEFAULT_ROLE && !(role?.isEnabled && role.allowedMemberTypes.includes('Application'))) {
    throw badRequest(`Permission being assigned was not found on application '${resourceId}'.`);
  }
  const isThere = tenant.appRoleAssignments
    .all()
    .some((one) => one.principalId === principalId && one.resourceId === resourceId && one.appRoleId === appRoleId);
  if (isThere) throw badRequest('Permission being assigned already exists on the object');
  const assignment = { id: newId(), createdDateTime: at.toISOString(), appRoleId, principalId, resourceId };
  tenant.appRoleAssignments.add(assignment, at);
  return assignment;
}

/**
 * Grants delegated permissions of one resource.
 *
 * @throws GraphError 400, 409 where the client has a grant on the resource already.
 */
export function grantPermissions(tenant: Tenant, body: unknown, at: Date): PermissionGrant {
  const { clientId, resourceId, consentType, principalId = null, scope } = permissionGrantBody.parse(body);
  if ((consentType === 'Principal') !== (principalId !== null)) {
    throw badRequest(
      `A grant of consentType '${consentType}' ${principalId === null ? 'has no' : 'has a'} principalId.`,
    );
  }
  const isThere = tenant.permissionGrants
    .all()
    .some((one) => one.clientId === clientId && one.resourceId === resourceId && one.principalId === principalId);
  if (isThere) throw conflict('Permission entry already exists.');
  const grant = { id: newId(), clientId, resourceId, consentType, principalId, scope: scope ?? '' };
  tenant.permissionGrants.add(grant, at);
  return grant;
}

/**
 * Gives a directory role to a service principal.
 *
 * @throws GraphError 404 where the role is unknown, 400 where it is given already.
 */
export function assignDirectoryRole(tenant: Tenant, body: unknown, at: Date): RoleAssignment {
  const { principalId, roleDefinitionId, directoryScopeId } = roleAssignmentBody.parse(body);
  if (!Object.values<string>(directoryRoles).includes(roleDefinitionId)) {
    throw notFound('Role definition', roleDefinitionId);
  }
  const isThere = tenant.roleAssignments
    .all()
    .some(
      (one) =>
        one.principalId === principalId &&
        one.roleDefinitionId === roleDefinitionId &&
        one.directoryScopeId === directoryScopeId,
    );
  if (isThere) {
    throw badRequest(
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  const assignment = { id: newId(), principalId, roleDefinitionId, directoryScopeId };
  tenant.roleAssignments.add(assignment, at);
  return assignment;
}

/** As long as Microsoft Graph's, which are no GUIDs either. */
function newId(): string {
  return randomBytes(32).toString('base64url');
}
