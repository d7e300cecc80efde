import type { TerraformStack } from 'cdktf';
import { backupPermissions } from '../../lib/catalogue/permissions';
import type { IEntraApplication } from '../../lib/entra/application';
import { EntraApplication, type FromClientIdOptions } from '../../lib/entra/entra-application';
import { selfSigned } from '../support/self-signed';
import { synthesized, type Template } from '../support/template';

const clientId = '00000000-0000-0000-0000-00000000a001';
const permissions = backupPermissions({ services: ['sharepoint'], purposes: ['backup'], productVersion: '8.3' });

function withApplication(
  options: FromClientIdOptions = {},
  use: (application: IEntraApplication) => void = () => undefined,
): Template {
  return synthesized((stack) => {
    use(EntraApplication.fromClientId(stack, 'application', clientId, options));
  });
}

describe('EntraApplication.fromClientId', () => {
  it('looks the application up and manages nothing of it unless asked', () => {
    const template = withApplication();

    expect(template.data('azuread_application')).toEqual([{ client_id: clientId }]);
    expect(template.json).not.toHaveProperty('resource');
    expect(template.imports()).toEqual([]);
  });

  it('lets go of what it does not ask for, and destroys nothing of it', () => {
    const everything = withApplication(
      {
        permissions: backupPermissions({
          services: ['exchange', 'sharepoint', 'teams'],
          purposes: ['backup', 'restore-interactive'],
          productVersion: '8.3',
        }),
        publicClientFlows: true,
        redirectUris: {
          singlePageApplication: ['https://portal.example.com:4443'],
          web: ['https://web.example.com/'],
          publicClient: ['http://localhost'],
        },
      },
      (application) => application.servicePrincipalObjectId,
    );
    const adopted = everything.addresses().filter((address) => !address.startsWith('data.'));

    const nothing = withApplication();
    const { moved: takenAlong } = everything.json as { moved: { from: string; to: string }[] };

    expect(everything.removed()).toEqual([]);
    expect(takenAlong.map(({ to }) => to)).toEqual(expect.arrayContaining(adopted));
    expect(
      nothing
        .removed()
        .map(({ from }) => from)
        .sort(),
    ).toEqual([...adopted, ...takenAlong.map(({ from }) => from)].sort());
    for (const { lifecycle } of nothing.removed()) expect(lifecycle).toEqual({ destroy: false });
  });

  it('refuses to destroy what it has adopted', () => {
    const template = withApplication({
      permissions,
      publicClientFlows: true,
      redirectUris: { web: ['https://a.example/'] },
    });
    const types = [
      'azuread_application_api_access',
      'azuread_application_fallback_public_client',
      'azuread_application_redirect_uris',
    ];

    for (const resource of types.flatMap((type) => template.resources(type))) {
      expect(resource).toMatchObject({ lifecycle: { prevent_destroy: true } });
    }
  });

  it('joins permissions to those that the application asks for, and adopts what is there', () => {
    const template = withApplication({ permissions });
    const [access] = template.resources('azuread_application_api_access');

    expect(access).toMatchObject({ role_ids: expect.stringMatching(/^\$\{sort\(distinct\(concat\(\["/) });
    expect(template.imports()).toHaveLength(template.resources('azuread_application_api_access').length);
    expect(template.imports()[0]).toEqual({
      for_each: expect.stringContaining('required_resource_access'),
      id: expect.stringMatching(
        /^\$\{data\.azuread_application\.[\w-]+\.id\}\/apiAccess\/00000003-0000-0000-c000-000000000000$/,
      ),
      to: expect.stringMatching(/^azuread_application_api_access\./),
    });
  });

  it('joins redirect URIs to those that are there', () => {
    const template = withApplication({ redirectUris: { singlePageApplication: ['https://portal.example.com:4443'] } });

    expect(template.resources('azuread_application_redirect_uris')).toMatchObject([
      { type: 'SPA', redirect_uris: expect.stringContaining('"https://portal.example.com:4443/"') },
    ]);
    expect(template.imports()).toMatchObject([{ id: expect.stringContaining('/redirectUris/SPA') }]);
  });

  it('switches public client flows on, never off', () => {
    const flows = (options: FromClientIdOptions): unknown[] =>
      withApplication(options).resources('azuread_application_fallback_public_client');

    expect(flows({ publicClientFlows: true })).toMatchObject([{ enabled: true }]);
    expect(flows({ publicClientFlows: false })).toEqual([]);
  });

  it('adopts the service principal once it is used, and neither changes nor destroys it', () => {
    const template = withApplication({}, (application) => [
      application.servicePrincipalObjectId,
      application.servicePrincipalObjectId,
    ]);

    expect(template.resources('azuread_service_principal')).toEqual([
      { client_id: clientId, lifecycle: { ignore_changes: 'all', prevent_destroy: true } },
    ]);
    expect(template.data('azuread_service_principals')).toEqual([{ client_ids: [clientId], ignore_missing: true }]);
    expect(template.imports()).toMatchObject([{ id: '/servicePrincipals/${each.value}' }]);
  });

  it('does not claim to know a scope that it has not made', () => {
    withApplication({}, (application) => {
      expect(application.scopeName).toBeUndefined();
    });
  });

  it('stands at no address of an owned application with the same id, which lets go of all that was adopted', () => {
    const options = { permissions, redirectUris: { web: ['https://web.example.com/'] } };
    const adopted = withApplication(options, (application) => application.servicePrincipalObjectId);
    const owned = synthesized((stack) => {
      new EntraApplication(stack, 'application', { displayName: 'VB365', ...options });
    });
    const resources = adopted.addresses().filter((address) => !address.startsWith('data.'));

    expect(owned.addresses().filter((address) => resources.includes(address))).toEqual([]);
    expect(owned.removed().map(({ from }) => from)).toEqual(expect.arrayContaining(resources));
  });

  it('takes along what hangs on it in a state of version 0.1.0: addresses move, key ids stay', () => {
    const certificate = selfSigned();
    const adopted = (wasAtPlainId: boolean): Template =>
      withApplication({ wasAtPlainId }, (application) => {
        application.addKeyCredential('0001', { certificate });
      });
    const owned = synthesized((stack) => {
      const application = new EntraApplication(stack, 'application', { displayName: 'VB365' });
      application.addKeyCredential('0001', { certificate });
    });
    const credential = (template: Template): unknown =>
      template.resources('azuread_application_certificate')[0]?.key_id;

    expect(adopted(true).json).toMatchObject({
      moved: [
        {
          from: owned.addresses().find((address) => address.startsWith('azuread_application_certificate.')),
          to: adopted(true)
            .addresses()
            .find((address) => address.startsWith('azuread_application_certificate.')),
        },
      ],
    });
    expect(credential(adopted(true))).toBe(credential(owned));
    expect(adopted(false).json).not.toHaveProperty('moved');
    expect(credential(adopted(false))).not.toBe(credential(owned));
  });

  it('keeps the key ids of an id that holds a separator', () => {
    const keyIdOf = (make: (stack: TerraformStack) => IEntraApplication): unknown =>
      synthesized((stack) => {
        make(stack).addKeyCredential('0001', { certificate: selfSigned() });
      }).resources('azuread_application_certificate')[0]?.key_id;

    expect(keyIdOf((stack) => EntraApplication.fromClientId(stack, 'eu/northwind', clientId))).toBe(
      keyIdOf((stack) => new EntraApplication(stack, 'eu/northwind', { displayName: 'VB365' })),
    );
  });
});
