import { Token } from 'cdktf';
import { backupPermissions, portalPermissions } from '../../lib/catalogue/permissions';
import { EntraApplication, type EntraApplicationProps } from '../../lib/entra/entra-application';
import { thrownBy } from '../support/thrown';
import { synthesized, type Template } from '../support/template';

const scope = { name: 'access_as_user', displayName: 'Access', description: 'Acts for the user.' };

function withApplication(props: Partial<EntraApplicationProps> = {}): Template {
  return synthesized((stack) => {
    new EntraApplication(stack, 'application', { displayName: 'VB365 contoso', ...props });
  });
}

describe('EntraApplication', () => {
  it('makes an application of one tenant with a service principal and nothing else', () => {
    const template = withApplication();

    expect(template.resources('azuread_application')).toEqual([
      {
        display_name: 'VB365 contoso',
        fallback_public_client_enabled: false,
        prevent_duplicate_names: true,
        lifecycle: { ignore_changes: ['identifier_uris', 'required_resource_access'] },
        sign_in_audience: 'AzureADMyOrg',
      },
    ]);
    expect(template.addresses()).toHaveLength(2);
    expect(template.resources('azuread_service_principal')).toEqual([
      { client_id: expect.stringContaining('azuread_application.application_') },
    ]);
  });

  it('asks each API once for roles and scopes, and does not grant them', () => {
    const template = withApplication({
      permissions: backupPermissions({
        services: ['exchange'],
        purposes: ['backup', 'restore-interactive'],
        productVersion: '8.3',
      }),
    });
    const access = template.resources('azuread_application_api_access');

    expect(access.map(({ api_client_id }) => api_client_id)).toEqual([
      '00000002-0000-0ff1-ce00-000000000000',
      '00000003-0000-0000-c000-000000000000',
    ]);
    expect(access[0]).toMatchObject({ role_ids: expect.any(Array), scope_ids: expect.any(Array) });
    expect(template.resources('azuread_app_role_assignment')).toEqual([]);
  });

  it('says nothing of scopes where there are none', () => {
    const [access] = withApplication({
      permissions: backupPermissions({ services: ['exchange'], purposes: ['backup'], productVersion: '8.3' }),
    }).resources('azuread_application_api_access');

    expect(access).not.toHaveProperty('scope_ids');
  });

  it('publishes its own scope under its client id', () => {
    const template = withApplication({ scope, permissions: portalPermissions() });

    expect(template.resources('azuread_application')).toMatchObject([
      { api: { oauth2_permission_scope: [{ enabled: true, type: 'User', value: 'access_as_user' }] } },
    ]);
    expect(template.resources('azuread_application_identifier_uri')).toMatchObject([
      { identifier_uri: expect.stringMatching(/^api:\/\/\$\{azuread_application\..*\.client_id\}$/) },
    ]);
    expect(template.resources('azuread_application_api_access')).toHaveLength(2);
  });

  it('gives the scope the same id in every synthesis', () => {
    const ids = [withApplication({ scope }), withApplication({ scope })].map((template) =>
      JSON.stringify(template.resources('azuread_application')),
    );

    expect(ids[0]).toBe(ids[1]);
  });

  it('lets other tenants in where asked to', () => {
    expect(withApplication({ multiTenant: true }).resources('azuread_application')).toMatchObject([
      { sign_in_audience: 'AzureADMultipleOrgs' },
    ]);
  });

  it('registers addresses as Entra keeps them, by platform', () => {
    const template = withApplication({
      redirectUris: {
        singlePageApplication: ['https://Portal.example.com:4443'],
        publicClient: ['http://localhost'],
      },
    });

    expect(template.resources('azuread_application')).toMatchObject([
      {
        single_page_application: { redirect_uris: ['https://portal.example.com:4443/'] },
        public_client: { redirect_uris: ['http://localhost'] },
      },
    ]);
    expect(template.resources('azuread_application')[0]).not.toHaveProperty('web');
  });

  it('lets a token pass as an address and as a name', () => {
    const template = withApplication({
      displayName: Token.asString({ resolve: () => '${var.name}' }),
      redirectUris: { web: [Token.asString({ resolve: () => '${var.address}' })] },
    });

    expect(template.resources('azuread_application')).toMatchObject([
      { display_name: '${var.name}', web: { redirect_uris: ['${var.address}'] } },
    ]);
  });

  it.each(['', '   '])('fails when the display name is %j', (displayName) => {
    expect(thrownBy(() => withApplication({ displayName }))).toMatchObject({
      code: 'display-name-invalid',
      subject: expect.stringMatching(/: displayName$/),
    });
  });

  it('fails when a redirect URI is not https', () => {
    expect(thrownBy(() => withApplication({ redirectUris: { web: ['http://portal.example.com/'] } }))).toMatchObject({
      code: 'redirect-uri-not-https',
    });
  });

  it('keeps the addresses of its resources', () => {
    const template = withApplication({ scope, permissions: portalPermissions() });

    expect(template.addresses()).toEqual([
      'azuread_application.application_4D8A0EC9',
      'azuread_application_api_access.application_api-access-MicrosoftGraph_33F60E00',
      'azuread_application_api_access.application_api-access-own_F2DEDAEF',
      'azuread_application_identifier_uri.application_identifier-uri_58662F63',
      'azuread_service_principal.application_service-principal_D9978966',
    ]);
  });
});
