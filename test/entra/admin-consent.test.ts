import { backupPermissions, portalPermissions } from '../../lib/catalogue/permissions';
import { AdminConsent } from '../../lib/entra/admin-consent';
import { EntraApplication, type EntraApplicationProps } from '../../lib/entra/entra-application';
import { synthesized, type Template } from '../support/template';
import { thrownBy } from '../support/thrown';

const exchange = backupPermissions({ services: ['exchange'], purposes: ['backup'], productVersion: '8.3' });
const interactive = backupPermissions({
  services: ['exchange'],
  purposes: ['restore-interactive'],
  productVersion: '8.3',
});

function withConsent(props: Partial<EntraApplicationProps>, except: readonly string[] = []): Template {
  return synthesized((stack) => {
    const application = new EntraApplication(stack, 'application', { displayName: 'VB365 contoso', ...props });
    new AdminConsent(stack, 'consent', { application, except });
  });
}

describe('AdminConsent', () => {
  it('grants every application permission at the API that has it', () => {
    const template = withConsent({ permissions: exchange });

    expect(template.resources('azuread_app_role_assignment')).toHaveLength(exchange.length);
    expect(template.data('azuread_service_principal').map(({ client_id }) => client_id)).toEqual([
      '00000002-0000-0ff1-ce00-000000000000',
      '00000003-0000-0000-c000-000000000000',
    ]);
  });

  it('assigns Global Reader by its template id where Exchange needs it', () => {
    expect(withConsent({ permissions: exchange }).resources('azuread_directory_role_assignment')).toMatchObject([
      { role_id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451' },
    ]);
    expect(withConsent({ permissions: portalPermissions() }).resources('azuread_directory_role_assignment')).toEqual(
      [],
    );
  });

  it('grants the delegated permissions of an API in one object', () => {
    const grants = withConsent({ permissions: interactive }).resources(
      'azuread_service_principal_delegated_permission_grant',
    );

    expect(grants.map(({ claim_values }) => claim_values)).toEqual([
      ['EWS.AccessAsUser.All'],
      ['Directory.Read.All', 'offline_access'],
    ]);
  });

  it('grants the scope of the application to itself', () => {
    const template = withConsent({ scope: { name: 'access_as_user', displayName: 'a', description: 'b' } });

    expect(template.resources('azuread_service_principal_delegated_permission_grant')).toMatchObject([
      { claim_values: ['access_as_user'] },
    ]);
  });

  it('leaves out what somebody has granted before', () => {
    const template = withConsent({ permissions: [...exchange, ...interactive] }, [
      'MicrosoftGraph/Directory.Read.All',
      'ExchangeOnline/delegated',
      'Global Reader',
    ]);

    expect(template.resources('azuread_app_role_assignment')).toHaveLength(exchange.length - 1);
    expect(template.resources('azuread_service_principal_delegated_permission_grant')).toHaveLength(1);
    expect(template.resources('azuread_directory_role_assignment')).toEqual([]);
  });

  it('fails when an exception is nothing that the application asks for', () => {
    expect(thrownBy(() => withConsent({ permissions: exchange }, ['MicrosoftGraph/Mail.Read']))).toMatchObject({
      code: 'consent-exception-unknown',
      message: expect.stringContaining('MicrosoftGraph/Directory.Read.All'),
    });
  });
});
