import { randomUUID } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import { z } from 'zod';
import { apis } from '../../../lib/catalogue/permission-ids';
import type { Certificate } from '../../../lib/certificates/certificate';
import { createApplication, updateApplication } from './applications';
import { builtInApplications, MICROSOFT_TENANT, PIPELINE_CLIENT_SECRET } from './built-in-applications';
import { assignAppRole, assignDirectoryRole, grantPermissions } from './grants';
import { keyCredentialOf } from './key-credentials';
import type { JsonObject } from './merge-patch';
import { newServicePrincipal } from './new-application';
import {
  type Application,
  type AppRoleAssignment,
  type KeyCredential,
  type PermissionGrant,
  type RoleAssignment,
  type ServicePrincipal,
  servicePrincipalSchema,
} from './objects';
import { createServicePrincipal } from './service-principals';
import { ALWAYS, isSame, Tenant, tenantStateSchema } from './tenant';

/** Made once for the ids of built-in service principals. */
const NAMESPACE = 'd0a2b9ad-55a5-5b57-9d0e-2b0a9c1f6b52';

/** What a state file holds. */
export const directoryStateSchema = z.object({ tenants: z.array(tenantStateSchema) });

export type DirectoryState = z.infer<typeof directoryStateSchema>;

export interface DirectoryOptions {
  /** Tenants that exist. @default every UUID is one */
  readonly tenants?: readonly string[];
  readonly state?: DirectoryState;
  readonly now: () => Date;
}

/** Where an application is registered. */
export interface Registration {
  readonly tenant: Tenant;
  readonly application: Application;
}

/** What somebody who signs in with client credentials may do. */
export interface CallerRights {
  /** @default one that nobody has */
  readonly clientId?: string;
  /** Application permissions on Microsoft Graph: `Application.ReadWrite.OwnedBy`. */
  readonly permissions: readonly string[];
  /** Template ids of directory roles. @default none */
  readonly directoryRoleIds?: readonly string[];
}

/** How to sign in as it, and the object id of its service principal. */
export interface Caller {
  readonly clientId: string;
  readonly secret: string;
  readonly objectId: string;
}

/**
 * Every tenant of the emulator, with methods to fill it: each follows the rules that requests follow, and what it makes has
 * been there long enough for no replication lag to hide it.
 */
export class Directory {
  readonly #tenants = new Map<string, Tenant>();
  readonly #allowed: ReadonlySet<string> | undefined;
  readonly #now: () => Date;

  constructor(options: DirectoryOptions) {
    this.#now = options.now;
    this.#allowed = options.tenants && new Set(options.tenants.map((id) => id.toLowerCase()));
    const microsoft = new Tenant(MICROSOFT_TENANT);
    for (const application of builtInApplications(options.now())) microsoft.applications.add(application, ALWAYS);
    this.#tenants.set(MICROSOFT_TENANT, microsoft);
    for (const state of options.state?.tenants ?? []) this.#tenants.set(state.id, Tenant.fromState(state));
  }

  /** The tenant; undefined where it does not exist. A tenant comes into being when it is first asked for. */
  findTenant(tenantId: string): Tenant | undefined {
    const id = tenantId.toLowerCase();
    const isKnown = this.#allowed ? this.#allowed.has(id) : z.guid().safeParse(id).success;
    if (!isKnown) return undefined;
    const tenant = this.#tenants.get(id) ?? this.#newTenant(id);
    this.#tenants.set(id, tenant);
    return tenant;
  }

  /** @throws RangeError where the tenant does not exist. */
  tenant(tenantId: string): Tenant {
    const tenant = this.findTenant(tenantId);
    if (!tenant) throw new RangeError(`the emulator has no tenant '${tenantId}'`);
    return tenant;
  }

  /** An application by client id, wherever it is registered. */
  findRegistration(appId: string): Registration | undefined {
    for (const tenant of this.#tenants.values()) {
      const application = tenant.applicationOf(appId);
      if (application) return { tenant, application };
    }
    return undefined;
  }

  /** An application that a tenant may use: its own, or one of another tenant that is open to all. */
  findUsableApplication(tenant: Tenant, appId: string): Application | undefined {
    const registration = this.findRegistration(appId);
    if (!registration) return undefined;
    const { application, tenant: home } = registration;
    return home === tenant || application.signInAudience !== 'AzureADMyOrg' ? application : undefined;
  }

  /**
   * @param properties as Microsoft Graph takes them; `displayName` is needed, `appId` is chosen here where it is not given.
   * @throws RangeError where an application has that client id already.
   */
  addApplication(tenantId: string, properties: JsonObject): Application {
    const { appId = randomUUID(), ...body } = properties;
    if (typeof appId !== 'string' || this.findRegistration(appId)) {
      throw new RangeError(`the client id '${String(appId)}' is not a text, or is taken`);
    }
    const tenant = this.tenant(tenantId);
    const application = createApplication(tenant, body, this.#now(), appId);
    tenant.applications.add(application, ALWAYS);
    return application;
  }

  addServicePrincipal(tenantId: string, appId: string): ServicePrincipal {
    const tenant = this.tenant(tenantId);
    const application = this.findUsableApplication(tenant, appId);
    const servicePrincipal = createServicePrincipal(tenant, application, { appId }, this.#now());
    tenant.servicePrincipals.add(servicePrincipal, ALWAYS);
    return servicePrincipal;
  }

  /**
   * An identity that a pipeline or a person signs in with: it may do what it is granted here, and no more.
   *
   * @param clientId of one that another tenant may know already, which gets a service principal and grants here as well
   * @throws RangeError where Microsoft Graph has no application permission of such a name.
   */
  addCaller(tenantId: string, { clientId, permissions, directoryRoleIds = [] }: CallerRights): Caller {
    const secret = PIPELINE_CLIENT_SECRET;
    const isKnown = clientId !== undefined && this.findRegistration(clientId) !== undefined;
    const appId = isKnown ? clientId : this.#registerCaller(tenantId, secret, clientId);
    const { id: principalId } = this.addServicePrincipal(tenantId, appId);
    const resourceId = this.tenant(tenantId).servicePrincipalOf(apis.MicrosoftGraph.clientId)?.id ?? '';
    const roles = this.findRegistration(apis.MicrosoftGraph.clientId)?.application.appRoles ?? [];
    for (const name of permissions) {
      const role = roles.find(({ value }) => value === name);
      if (!role) throw new RangeError(`Microsoft Graph of the emulator has no application permission '${name}'`);
      this.addAppRoleAssignment(tenantId, { principalId, resourceId, appRoleId: role.id });
    }
    const tenant = this.tenant(tenantId);
    for (const roleDefinitionId of directoryRoleIds) {
      tenant.roleAssignments.add({ id: randomUUID(), principalId, roleDefinitionId, directoryScopeId: '/' }, ALWAYS);
    }
    return { clientId: appId, secret, objectId: principalId };
  }

  /** Makes an owner of somebody, as a person in Entra's portal would. */
  addOwner(tenantId: string, appId: string, ownerId: string): void {
    const tenant = this.tenant(tenantId);
    const application = tenant.applicationOf(appId);
    if (!application) throw new RangeError(`the tenant ${tenantId} has no application '${appId}'`);
    tenant.owners.set(application.id, new Set([...tenant.ownersOf(application.id), ownerId]));
  }

  /** Uploads a certificate without asking whether it has expired, which is what time does to every one. */
  addKeyCredential(tenantId: string, appId: string, certificate: Certificate): KeyCredential {
    const tenant = this.tenant(tenantId);
    const application = tenant.applicationOf(appId);
    if (!application) throw new RangeError(`the tenant ${tenantId} has no application '${appId}'`);
    const credential = keyCredentialOf(certificate, randomUUID());
    tenant.applications.replace({ ...application, keyCredentials: [...application.keyCredentials, credential] });
    return credential;
  }

  addAppRoleAssignment(
    tenantId: string,
    properties: Pick<AppRoleAssignment, 'principalId' | 'resourceId' | 'appRoleId'>,
  ): AppRoleAssignment {
    const tenant = this.tenant(tenantId);
    const resource = tenant.servicePrincipals.get(properties.resourceId);
    const application = resource && this.findUsableApplication(tenant, resource.appId);
    return assignAppRole(tenant, application, properties, this.#now());
  }

  addPermissionGrant(
    tenantId: string,
    properties: Pick<PermissionGrant, 'clientId' | 'resourceId' | 'scope'>,
  ): PermissionGrant {
    const body = { ...properties, consentType: 'AllPrincipals' };
    return grantPermissions(this.tenant(tenantId), body, this.#now());
  }

  addRoleAssignment(
    tenantId: string,
    properties: Pick<RoleAssignment, 'principalId' | 'roleDefinitionId'>,
  ): RoleAssignment {
    return assignDirectoryRole(this.tenant(tenantId), properties, this.#now());
  }

  /** Changes an application as a person in Entra's portal would. */
  changeApplication(tenantId: string, appId: string, properties: JsonObject): Application {
    const tenant = this.tenant(tenantId);
    const application = tenant.applicationOf(appId);
    if (!application) throw new RangeError(`the tenant ${tenantId} has no application '${appId}'`);
    return updateApplication(tenant, application, properties, this.#now());
  }

  /** Everything but Microsoft's own tenant, which is the same every time. */
  toState(): DirectoryState {
    const tenants = [...this.#tenants.values()].filter(({ id }) => !isSame(id, MICROSOFT_TENANT));
    return { tenants: tenants.map((tenant) => tenant.toState()) };
  }

  #registerCaller(tenantId: string, secretText: string, appId?: string): string {
    const application = this.addApplication(tenantId, {
      ...(appId !== undefined && { appId }),
      displayName: 'identity of a pipeline',
      signInAudience: 'AzureADMultipleOrgs',
    });
    const passwordCredentials = [{ keyId: randomUUID(), secretText }];
    this.tenant(tenantId).applications.replace({ ...application, passwordCredentials });
    return application.appId;
  }

  #newTenant(id: string): Tenant {
    const tenant = new Tenant(id);
    for (const { appId } of this.#tenants.get(MICROSOFT_TENANT)?.applications.all() ?? []) {
      // The same id on every start, so that a Terraform state outlives the emulator's memory.
      const properties = newServicePrincipal({ id: uuidV5(`${id}/${appId}`, NAMESPACE), appId, at: this.#now() });
      tenant.servicePrincipals.add(servicePrincipalSchema.parse(properties), ALWAYS);
    }
    return tenant;
  }
}
