import { ApplicationApiAccess } from '@cdktf/provider-azuread/lib/application-api-access';
import { ApplicationFallbackPublicClient } from '@cdktf/provider-azuread/lib/application-fallback-public-client';
import { ApplicationRedirectUris } from '@cdktf/provider-azuread/lib/application-redirect-uris';
import { DataAzureadApplication } from '@cdktf/provider-azuread/lib/data-azuread-application';
import { DataAzureadServicePrincipals } from '@cdktf/provider-azuread/lib/data-azuread-service-principals';
import { ServicePrincipal } from '@cdktf/provider-azuread/lib/service-principal';
import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { parseUuid } from '../addresses/uuid';
import { type RedirectPlatform, redirectPlatforms } from '../addresses/redirect-platforms';
import { type ApiName, apis } from '../catalogue/permission-ids';
import { groupByApi, type Permission } from '../catalogue/permissions';
import type { IEntraApplication } from './application';
import { Vb365Error } from '../errors';
import { letGoOfUndeclared } from './forgotten-application';
import { parseProp } from './props';
import { ImportBlock } from './terraform/import-block';
import { KeyCredential, type KeyCredentialOptions } from './key-credential';
import { canonicalRedirectUris, type RedirectUris } from './redirect-uris';

/** What the application shall have beside what it has; nothing is taken away. */
export interface ExistingEntraApplicationOptions {
  /** Added to those that the application has. @default none */
  readonly redirectUris?: RedirectUris;
  /** `true` switches "Allow public client flows" on; `false` leaves it as it is. @default false */
  readonly publicClientFlows?: boolean;
  /** Added to those that the application asks for. @default none */
  readonly permissions?: readonly Permission[];
}

export interface ExistingEntraApplicationProps extends ExistingEntraApplicationOptions {
  /** Application (client) id. */
  readonly clientId: string;
  /** As `IEntraApplication` has it. @default the path of the construct */
  readonly keyIdPath?: string;
}

/**
 * Construct id of an application that is adopted. Another one than that of an owned application, which has the same id in
 * the program: at one address, Terraform would take what the owned one lacks from the adopted one.
 */
export function existingId(id: string): string {
  return `existing-${id}`;
}

/**
 * An Entra application that somebody else made: nothing of it is taken away.
 *
 * Key credentials go beside the foreign ones. Redirect URIs and permissions are whole lists to the provider, which
 * refuses to create them where there are some: so they are adopted by `import`, and what the application has is joined
 * to what is asked for. Destroying them would empty the lists: so Terraform lets go of what is no longer asked for, and
 * refuses to destroy the rest. Hence this construct adds, and what it has added stays until a person takes it away.
 * Measured with azuread 3.7.0; needs Terraform 1.7 or OpenTofu 1.10.
 */
export class ExistingEntraApplication extends Construct implements IEntraApplication {
  readonly clientId: string;
  readonly applicationId: string;
  readonly keyIdPath: string;
  readonly permissions: readonly Permission[];
  /** What the application exposes is its own; a stack that has not made it cannot know. */
  readonly scopeName = undefined;

  readonly #data: DataAzureadApplication;
  #servicePrincipal: ServicePrincipal | undefined;

  constructor(scope: Construct, id: string, props: ExistingEntraApplicationProps) {
    super(scope, id);
    // As in JavaScript, from which `fromClientId` may be called without one.
    if (typeof props.clientId !== 'string') throw withoutClientId(this.node.path);
    this.clientId = parseProp(this, 'clientId', props.clientId, parseUuid);
    this.keyIdPath = props.keyIdPath ?? this.node.path;
    this.permissions = props.permissions ?? [];
    this.#data = new DataAzureadApplication(this, 'application', { clientId: this.clientId });
    this.applicationId = this.#data.id;

    const { singlePageApplication, web, publicClient } = canonicalRedirectUris(props.redirectUris ?? {});
    this.#addRedirectUris('spa', singlePageApplication);
    this.#addRedirectUris('web', web);
    this.#addRedirectUris('public-client', publicClient);
    for (const { api, roleIds, scopeIds } of groupByApi(this.permissions)) {
      this.#addApiAccess(api, roleIds, scopeIds);
    }
    if (props.publicClientFlows === true) {
      new ApplicationFallbackPublicClient(this, 'public-client-flows', {
        applicationId: this.applicationId,
        enabled: true,
        lifecycle: { preventDestroy: true },
      });
    }
    letGoOfUndeclared(this);
  }

  /**
   * Adopted on first use: consent needs it, key credentials do not.
   *
   * The provider would write its own defaults to it and delete it on destroy, with every consent of the application:
   * neither is ours to do.
   */
  get servicePrincipalObjectId(): string {
    this.#servicePrincipal ??= this.#adoptServicePrincipal();
    return this.#servicePrincipal.objectId;
  }

  addKeyCredential(id: string, options: KeyCredentialOptions): KeyCredential {
    return new KeyCredential(this, id, { ...options, application: this });
  }

  #addRedirectUris(platform: RedirectPlatform, wanted: readonly string[]): void {
    if (wanted.length === 0) return;
    const { type, block } = redirectPlatforms[platform];
    const present = (): string => `flatten(${this.#address()}.${block}[*].redirect_uris)`;
    const redirectUris = new ApplicationRedirectUris(this, `redirect-uris-${type}`, {
      applicationId: this.applicationId,
      type,
      redirectUris: union(wanted, present),
      lifecycle: { preventDestroy: true },
    });
    new ImportBlock(this, `adopt-redirect-uris-${type}`, {
      to: redirectUris,
      forEach: () => `length(${present()}) > 0 ? toset(["${type}"]) : toset([])`,
      importId: `${this.#data.id}/redirectUris/${type}`,
    });
  }

  #addApiAccess(api: ApiName, roleIds: readonly string[], scopeIds: readonly string[]): void {
    const { clientId } = apis[api];
    const entries = (): string =>
      `flatten([for api in ${this.#address()}.required_resource_access : api.resource_access if api.resource_app_id == "${clientId}"])`;
    const present = (type: 'Role' | 'Scope') => (): string =>
      `[for permission in ${entries()} : permission.id if permission.type == "${type}"]`;
    const access = new ApplicationApiAccess(this, `api-access-${api}`, {
      applicationId: this.applicationId,
      apiClientId: clientId,
      roleIds: union(roleIds, present('Role')),
      scopeIds: union(scopeIds, present('Scope')),
      lifecycle: { preventDestroy: true },
    });
    new ImportBlock(this, `adopt-api-access-${api}`, {
      to: access,
      forEach: () => `length(${entries()}) > 0 ? toset(["${clientId}"]) : toset([])`,
      importId: `${this.#data.id}/apiAccess/${clientId}`,
    });
  }

  #adoptServicePrincipal(): ServicePrincipal {
    this.node.tryRemoveChild('service-principal');
    const found = new DataAzureadServicePrincipals(this, 'service-principals', {
      clientIds: [this.clientId],
      ignoreMissing: true,
    });
    const servicePrincipal = new ServicePrincipal(this, 'service-principal', {
      clientId: this.clientId,
      lifecycle: { ignoreChanges: 'all', preventDestroy: true },
    });
    new ImportBlock(this, 'adopt-service-principal', {
      to: servicePrincipal,
      forEach: () => `toset(data.azuread_service_principals.${found.friendlyUniqueId}.object_ids)`,
      importId: '/servicePrincipals/${each.value}',
    });
    return servicePrincipal;
  }

  #address(): string {
    return `data.azuread_application.${this.#data.friendlyUniqueId}`;
  }
}

/** What is wanted and what is there, as Terraform joins them when it plans. */
function union(wanted: readonly string[], present: () => string): string[] {
  return Token.asList(
    Lazy.stringValue({ produce: () => `\${sort(distinct(concat(${JSON.stringify(wanted)}, ${present()})))}` }),
  );
}

function withoutClientId(subject: string): Vb365Error {
  return new Vb365Error('prop-missing', {
    subject,
    message: 'no client id is given of the application that is there already',
    cure: 'pass the client id that Entra shows for the application: EntraApplication.fromClientId(scope, id, clientId)',
  });
}
