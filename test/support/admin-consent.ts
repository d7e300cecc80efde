import type { EntraEmulator } from '../../emulators/entra';
import { apis, directoryRoles } from '../../lib/catalogue/permission-ids';
import { directoryRolesFor, groupByApi, type Permission } from '../../lib/catalogue/permissions';

/** What an administrator grants who consents for the whole tenant, with the directory roles. */
export function grantAll(
  directory: EntraEmulator['directory'],
  tenantId: string,
  clientId: string,
  permissions: readonly Permission[],
): void {
  const tenant = directory.tenant(tenantId);
  const { id: principalId } = tenant.servicePrincipalOf(clientId)!;
  for (const { api, roleIds } of groupByApi(permissions)) {
    const { id: resourceId } = tenant.servicePrincipalOf(apis[api].clientId)!;
    for (const appRoleId of roleIds) directory.addAppRoleAssignment(tenantId, { principalId, resourceId, appRoleId });
    const scopes = permissions.filter((one) => one.api === api && one.kind === 'delegated').map(({ name }) => name);
    if (scopes.length === 0) continue;
    directory.addPermissionGrant(tenantId, { clientId: principalId, resourceId, scope: scopes.join(' ') });
  }
  for (const role of directoryRolesFor(permissions)) {
    directory.addRoleAssignment(tenantId, { principalId, roleDefinitionId: directoryRoles[role] });
  }
}
