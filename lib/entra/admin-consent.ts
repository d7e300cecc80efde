import { AppRoleAssignment } from '@cdktf/provider-azuread/lib/app-role-assignment';
import { DirectoryRoleAssignment } from '@cdktf/provider-azuread/lib/directory-role-assignment';
import { ServicePrincipalDelegatedPermissionGrant } from '@cdktf/provider-azuread/lib/service-principal-delegated-permission-grant';
import { Construct } from 'constructs';
import { type ApiName, directoryRoles } from '../catalogue/permission-ids';
import { directoryRolesFor } from '../catalogue/permissions';
import { Vb365Error } from '../errors';
import { apiServicePrincipal } from './terraform/api-service-principal';
import type { IEntraApplication } from './application';
import { requireProps } from './props';

/** The application that gets what it asks for, and what of that it has already. */
export interface AdminConsentProps {
  /** May stand in another stack: consent needs more privileges than the application. */
  readonly application: IEntraApplication;
  /**
   * What somebody has granted before, because Entra refuses to grant it twice and the provider cannot look it up:
   * `MicrosoftGraph/Directory.Read.All` for an application permission, `MicrosoftGraph/delegated` for the delegated
   * permissions of an API (Entra keeps them in one grant), `Global Reader` for a directory role.
   *
   * @default none
   */
  readonly except?: readonly string[];
}

/** One thing that Entra grants: its name, and how it is made. */
interface Grant {
  readonly name: string;
  readonly add: () => void;
}

/**
 * Grants in the name of the whole tenant what an application asks for: application permissions, delegated permissions,
 * and the directory roles that go with them.
 *
 * Whoever applies it needs `Application.Read.All`, and for application permissions `AppRoleAssignment.ReadWrite.All`, for delegated
 * ones `DelegatedPermissionGrant.ReadWrite.All`, for directory roles `RoleManagement.ReadWrite.Directory`.
 *
 * @throws Vb365Error `consent-exception-unknown` where `except` names what the application does not ask for.
 *
 * @example
 * ```ts
 * import { App, TerraformStack } from 'cdktf';
 * import { AdminConsent, EntraApplication, portalPermissions } from 'cdktf-vb365';
 *
 * const stack = new TerraformStack(new App(), 'portal');
 * const application = new EntraApplication(stack, 'application', {
 *   displayName: 'VB365 Restore Portal',
 *   permissions: portalPermissions(),
 * });
 * new AdminConsent(stack, 'consent', { application });
 * ```
 */
export class AdminConsent extends Construct {
  constructor(scope: Construct, id: string, props: AdminConsentProps) {
    super(scope, id);
    requireProps(this.node.path, props, 'application');
    const { application, except = [] } = props;
    const grants = [
      ...this.#applicationPermissions(application),
      ...this.#delegatedPermissions(application),
      ...this.#directoryRoles(application),
    ];
    checkExceptions(this.node.path, except, grants);
    for (const grant of grants) {
      if (!except.includes(grant.name)) grant.add();
    }
  }

  #applicationPermissions(application: IEntraApplication): Grant[] {
    return application.permissions
      .filter(({ kind }) => kind === 'application')
      .map(({ api, name, id }) => ({
        name: `${api}/${name}`,
        add: () =>
          new AppRoleAssignment(this, `${api}-${name}`, {
            appRoleId: id,
            principalObjectId: application.servicePrincipalObjectId,
            resourceObjectId: apiServicePrincipal(this, api).objectId,
          }),
      }));
  }

  #delegatedPermissions(application: IEntraApplication): Grant[] {
    const namesByApi = new Map<ApiName, string[]>();
    for (const { api, kind, name } of application.permissions) {
      if (kind === 'delegated') namesByApi.set(api, [...(namesByApi.get(api) ?? []), name]);
    }
    const grants = [...namesByApi].map(([api, claimValues]) => ({
      name: `${api}/delegated`,
      add: () => {
        this.#grantScopes(`${api}-delegated`, application, apiServicePrincipal(this, api).objectId, claimValues);
      },
    }));
    const { scopeName } = application;
    if (scopeName === undefined) return grants;
    const addOwn = (): void => {
      this.#grantScopes('own-delegated', application, application.servicePrincipalObjectId, [scopeName]);
    };
    return [...grants, { name: `own/${scopeName}`, add: addOwn }];
  }

  #grantScopes(id: string, application: IEntraApplication, resourceObjectId: string, claimValues: string[]): void {
    new ServicePrincipalDelegatedPermissionGrant(this, id, {
      servicePrincipalObjectId: application.servicePrincipalObjectId,
      resourceServicePrincipalObjectId: resourceObjectId,
      claimValues,
    });
  }

  #directoryRoles(application: IEntraApplication): Grant[] {
    return directoryRolesFor(application.permissions).map((name) => ({
      name,
      add: () =>
        new DirectoryRoleAssignment(this, name, {
          // The template id: an assignment by it needs no activation of the role first.
          roleId: directoryRoles[name],
          principalObjectId: application.servicePrincipalObjectId,
        }),
    }));
  }
}

function checkExceptions(subject: string, except: readonly string[], grants: readonly Grant[]): void {
  const unknown = except.find((name) => !grants.some((grant) => grant.name === name));
  if (unknown === undefined) return;
  throw new Vb365Error('consent-exception-unknown', {
    subject,
    message: `"${unknown}" is none of what the application asks for: ${grants.map(({ name }) => name).join(', ')}`,
    cure: 'remove it from what is consented already, or correct its name',
  });
}
