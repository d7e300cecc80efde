import { Application } from '@cdktf/provider-azuread/lib/application';
import { ApplicationApiAccess } from '@cdktf/provider-azuread/lib/application-api-access';
import { ApplicationIdentifierUri } from '@cdktf/provider-azuread/lib/application-identifier-uri';
import { DataAzureadServicePrincipal } from '@cdktf/provider-azuread/lib/data-azuread-service-principal';
import { ServicePrincipal } from '@cdktf/provider-azuread/lib/service-principal';
import { Construct } from 'constructs';
import { parseUuid } from '../addresses/uuid';
import { apis } from '../catalogue/permission-ids';
import { groupByApi, type Permission } from '../catalogue/permissions';
import { parseDisplayName } from '../config/schema/values';
import type { IEntraApplication } from './application';
import { DeployOwner } from './deploy-owner';
import {
  ExistingEntraApplication,
  type ExistingEntraApplicationOptions,
  existingId,
} from './existing-entra-application';
import { ForgottenApplication } from './forgotten-application';
import { FormerAddresses } from './former-addresses';
import { KeyCredential, type KeyCredentialOptions } from './key-credential';
import { parseProp, requireProps } from './props';
import { canonicalRedirectUris, type RedirectUris } from './redirect-uris';
import { stableId } from './terraform/stable-id';

/** A delegated permission that the application itself offers, for a page that calls it on behalf of who signed in. */
export interface ExposedScope {
  /** `access_as_user` */
  readonly name: string;
  /** Title of the consent prompt, for administrators and users alike. */
  readonly displayName: string;
  /** Text of the consent prompt, for administrators and users alike. */
  readonly description: string;
}

/** What the application is called, who signs in through it, and what it asks for. */
export interface EntraApplicationProps {
  /** As Entra's portal lists it. */
  readonly displayName: string;
  /** Whether other tenants may sign in. @default false */
  readonly multiTenant?: boolean;
  /** @default none */
  readonly redirectUris?: RedirectUris;
  /** "Allow public client flows" of Entra's portal: sign-in with a device code. @default false */
  readonly publicClientFlows?: boolean;
  /** What the application asks for; granting it is the part of `AdminConsent`. @default none */
  readonly permissions?: readonly Permission[];
  /** Scope of its own, published under `api://<client id>`. @default none */
  readonly scope?: ExposedScope;
  /** Object ids of owners: the whole list, but where `deployClientId` is given, those at the creation. @default none */
  readonly owners?: readonly string[];
  /**
   * Client id of the identity that applies, whose service principal is looked up in the tenant: it becomes owner of the
   * application and of its service principal, which Entra's `Application.ReadWrite.OwnedBy` needs. Whoever plans makes no
   * difference, and owners that others add stay.
   *
   * @default nobody: the provider takes the caller off the owners
   */
  readonly deployClientId?: string;
  /**
   * Whether Terraform refuses to create the application where the tenant has one of that name: where a state was lost, a
   * second one would be made, which the product does not know.
   *
   * @default true
   */
  readonly preventDuplicateNames?: boolean;
}

/** What is added to the application, and whether version 0.1.0 may have had it. */
export interface FromClientIdOptions extends ExistingEntraApplicationOptions {
  /**
   * Whether a state of version 0.1.0 may know the application under the plain `id`: `moved` blocks take it along, and its
   * key credentials keep their ids. Set it to `false` where an owned application stood under that `id` instead, which must
   * not be taken along; the stacks of this library do, because they never had an adopted one there. Once applied, it stays
   * as it is: with another value every key credential gets another id, and is replaced.
   *
   * @default true
   */
  readonly wasAtPlainId?: boolean;
}

/**
 * An Entra application that the stack owns, with its service principal.
 *
 * Addresses and scope stand inline, permissions and identifier URI in resources of their own: the shape in which every
 * change is made in place and none wipes another (measured with azuread 3.7.0; hashicorp/terraform-provider-azuread #1695).
 *
 * @throws Vb365Error `prop-missing`, and what `parseDisplayName` and `canonicalRedirectUris` throw.
 *
 * @example
 * ```ts
 * import { App, TerraformStack } from 'cdktf';
 * import { backupPermissions, EntraApplication } from 'cdktf-vb365';
 *
 * const stack = new TerraformStack(new App(), 'contoso');
 * const application = new EntraApplication(stack, 'application', {
 *   displayName: 'VB365 contoso',
 *   permissions: backupPermissions({ services: ['exchange'], purposes: ['backup'], productVersion: '8.3' }),
 * });
 * ```
 */
export class EntraApplication extends Construct implements IEntraApplication {
  /**
   * An application that is there already: what it has is kept, what is asked for is added. It stands under
   * `existing-<id>`, an id that nothing else may have; where an owned application takes its place under the same `id`,
   * Terraform lets go of it, unharmed.
   *
   * @example
   * ```ts
   * import { App, TerraformStack } from 'cdktf';
   * import { EntraApplication } from 'cdktf-vb365';
   *
   * const stack = new TerraformStack(new App(), 'contoso');
   * const clientId = '00000000-0000-0000-0000-00000000a001';
   * const application = EntraApplication.fromClientId(stack, 'application', clientId, {
   *   redirectUris: { singlePageApplication: ['https://portal.example.com:4443/'] },
   * });
   * ```
   */
  static fromClientId(
    scope: Construct,
    id: string,
    clientId: string,
    { wasAtPlainId = true, ...options }: FromClientIdOptions = {},
  ): IEntraApplication {
    if (!wasAtPlainId) return new ExistingEntraApplication(scope, existingId(id), { ...options, clientId });
    const former = new FormerAddresses(scope, id);
    const props = { ...options, clientId, keyIdPath: former.node.path };
    const application = new ExistingEntraApplication(scope, existingId(id), props);
    former.leadTo(application);
    return application;
  }

  /** A token: Entra chooses it when the application is created. */
  readonly clientId: string;
  /** `/applications/<object id>`, as a token. */
  readonly applicationId: string;
  /** Of the service principal that the stack creates with the application, as a token. */
  readonly servicePrincipalObjectId: string;
  /** Empty where the application asks for nothing; its own scope is not among them. */
  readonly permissions: readonly Permission[];
  /** `access_as_user`; undefined where no scope is given. */
  readonly scopeName: string | undefined;

  constructor(scope: Construct, id: string, props: EntraApplicationProps) {
    super(scope, id);
    requireProps(this.node.path, props, 'displayName');
    const displayName = parseProp(this, 'displayName', props.displayName, parseDisplayName);
    new ForgottenApplication(scope, existingId(id));
    this.permissions = props.permissions ?? [];
    this.scopeName = props.scope?.name;

    const identity = this.#findDeployIdentity(props.deployClientId);
    const application = this.#addApplication(displayName, props, identity);
    if (identity !== undefined) new DeployOwner(this, 'deploy-owner', { application, identity });
    if (props.scope) {
      new ApplicationIdentifierUri(this, 'identifier-uri', {
        applicationId: application.id,
        identifierUri: `api://${application.clientId}`,
      });
      new ApplicationApiAccess(this, 'api-access-own', {
        applicationId: application.id,
        apiClientId: application.clientId,
        scopeIds: [this.#scopeId(props.scope)],
      });
    }
    for (const { api, roleIds, scopeIds } of groupByApi(this.permissions)) {
      new ApplicationApiAccess(this, `api-access-${api}`, {
        applicationId: application.id,
        apiClientId: apis[api].clientId,
        ...(roleIds.length > 0 && { roleIds: [...roleIds] }),
        ...(scopeIds.length > 0 && { scopeIds: [...scopeIds] }),
      });
    }
    const servicePrincipal = new ServicePrincipal(this, 'service-principal', {
      clientId: application.clientId,
      ...(identity && { owners: [identity.objectId], lifecycle: { ignoreChanges: ['owners'] } }),
    });

    this.clientId = application.clientId;
    this.applicationId = application.id;
    this.servicePrincipalObjectId = servicePrincipal.objectId;
  }

  /**
   * A resource of its own: no other credential changes with it.
   *
   * @throws Vb365Error `key-credential-not-rsa`, `prop-missing`.
   */
  addKeyCredential(id: string, options: KeyCredentialOptions): KeyCredential {
    return new KeyCredential(this, id, { ...options, application: this });
  }

  #findDeployIdentity(clientId: string | undefined): DataAzureadServicePrincipal | undefined {
    if (clientId === undefined) return undefined;
    return new DataAzureadServicePrincipal(this, 'deploy-identity', {
      clientId: parseProp(this, 'deployClientId', clientId, parseUuid),
    });
  }

  #addApplication(
    displayName: string,
    props: EntraApplicationProps,
    identity: DataAzureadServicePrincipal | undefined,
  ): Application {
    const owners = [...(props.owners ?? []), ...(identity ? [identity.objectId] : [])];
    const { singlePageApplication, web, publicClient } = canonicalRedirectUris(props.redirectUris ?? {});
    return new Application(this, 'application', {
      displayName,
      signInAudience: props.multiTenant === true ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
      fallbackPublicClientEnabled: props.publicClientFlows ?? false,
      preventDuplicateNames: props.preventDuplicateNames ?? true,
      ...((props.owners !== undefined || identity !== undefined) && { owners }),
      ...(singlePageApplication.length > 0 && { singlePageApplication: { redirectUris: [...singlePageApplication] } }),
      ...(web.length > 0 && { web: { redirectUris: [...web] } }),
      ...(publicClient.length > 0 && { publicClient: { redirectUris: [...publicClient] } }),
      ...(props.scope && { api: { oauth2PermissionScope: [this.#scopeBlock(props.scope)] } }),
      // Both are resources of their own; without this, an update of the application would wipe them.
      lifecycle: { ignoreChanges: ['identifier_uris', 'required_resource_access', ...(identity ? ['owners'] : [])] },
    });
  }

  #scopeBlock(scope: ExposedScope): Record<string, unknown> & { id: string } {
    return {
      id: this.#scopeId(scope),
      value: scope.name,
      type: 'User',
      enabled: true,
      adminConsentDisplayName: scope.displayName,
      adminConsentDescription: scope.description,
      userConsentDisplayName: scope.displayName,
      userConsentDescription: scope.description,
    };
  }

  #scopeId(scope: ExposedScope): string {
    return stableId(this.node.path, scope.name);
  }
}
