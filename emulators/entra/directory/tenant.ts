import { z } from 'zod';
import { ObjectStore } from './object-store';
import {
  type Application,
  applicationSchema,
  type AppRoleAssignment,
  appRoleAssignmentSchema,
  type PermissionGrant,
  permissionGrantSchema,
  type RoleAssignment,
  roleAssignmentSchema,
  type ServicePrincipal,
  servicePrincipalSchema,
} from './objects';

/** One tenant as a state file holds it. */
export const tenantStateSchema = z.object({
  id: z.guid(),
  applications: z.array(applicationSchema),
  deletedApplications: z.array(applicationSchema),
  servicePrincipals: z.array(servicePrincipalSchema),
  deletedServicePrincipals: z.array(servicePrincipalSchema),
  appRoleAssignments: z.array(appRoleAssignmentSchema),
  permissionGrants: z.array(permissionGrantSchema),
  roleAssignments: z.array(roleAssignmentSchema),
  owners: z.record(z.string(), z.array(z.string())),
});

export type TenantState = z.infer<typeof tenantStateSchema>;

/** Long ago, so that no replication lag hides what a state file or a test has put there. */
export const ALWAYS = new Date(0);

/** What one tenant holds. Rules are not asked here: a test may put in what Entra would have refused. */
export class Tenant {
  static fromState(state: TenantState): Tenant {
    const tenant = new Tenant(state.id);
    fill(tenant.applications, state.applications);
    fill(tenant.deletedApplications, state.deletedApplications);
    fill(tenant.servicePrincipals, state.servicePrincipals);
    fill(tenant.deletedServicePrincipals, state.deletedServicePrincipals);
    fill(tenant.appRoleAssignments, state.appRoleAssignments);
    fill(tenant.permissionGrants, state.permissionGrants);
    fill(tenant.roleAssignments, state.roleAssignments);
    for (const [id, owners] of Object.entries(state.owners)) tenant.owners.set(id, new Set(owners));
    return tenant;
  }

  readonly applications = new ObjectStore<Application>('application');
  readonly deletedApplications = new ObjectStore<Application>();
  readonly servicePrincipals = new ObjectStore<ServicePrincipal>('servicePrincipal');
  readonly deletedServicePrincipals = new ObjectStore<ServicePrincipal>();
  readonly appRoleAssignments = new ObjectStore<AppRoleAssignment>();
  readonly permissionGrants = new ObjectStore<PermissionGrant>();
  readonly roleAssignments = new ObjectStore<RoleAssignment>();
  /** Object ids of the owners of an application or a service principal, by its object id. */
  readonly owners = new Map<string, Set<string>>();

  constructor(readonly id: string) {}

  servicePrincipalOf(appId: string): ServicePrincipal | undefined {
    return this.servicePrincipals.all().find((servicePrincipal) => isSame(servicePrincipal.appId, appId));
  }

  applicationOf(appId: string): Application | undefined {
    return this.applications.all().find((application) => isSame(application.appId, appId));
  }

  /** Object ids of the owners, in the order in which they came. */
  ownersOf(objectId: string): readonly string[] {
    return [...(this.owners.get(objectId) ?? [])];
  }

  /** Removes what a service principal was granted, and what was granted on it. */
  revokeGrantsOf(servicePrincipalId: string): void {
    for (const { id, principalId, resourceId } of this.appRoleAssignments.all()) {
      if (principalId === servicePrincipalId || resourceId === servicePrincipalId) this.appRoleAssignments.delete(id);
    }
    for (const { id, clientId, resourceId } of this.permissionGrants.all()) {
      if (clientId === servicePrincipalId || resourceId === servicePrincipalId) this.permissionGrants.delete(id);
    }
    for (const { id, principalId } of this.roleAssignments.all()) {
      if (principalId === servicePrincipalId) this.roleAssignments.delete(id);
    }
  }

  toState(): TenantState {
    return {
      id: this.id,
      applications: this.applications.all(),
      deletedApplications: this.deletedApplications.all(),
      servicePrincipals: this.servicePrincipals.all(),
      deletedServicePrincipals: this.deletedServicePrincipals.all(),
      appRoleAssignments: this.appRoleAssignments.all(),
      permissionGrants: this.permissionGrants.all(),
      roleAssignments: this.roleAssignments.all(),
      owners: Object.fromEntries([...this.owners].map(([id, owners]) => [id, [...owners]])),
    };
  }
}

/** GUIDs are compared without regard to case. */
export function isSame(guid: string, other: string): boolean {
  return guid.toLowerCase() === other.toLowerCase();
}

function fill<T extends { readonly id: string }>(store: ObjectStore<T>, objects: readonly T[]): void {
  for (const object of objects) store.add(object, ALWAYS);
}
