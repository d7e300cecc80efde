import { EntraApplication, type EntraApplicationProps } from '../../lib/entra/entra-application';
import { thrownBy } from '../support/thrown';
import { synthesized, type Template } from '../support/template';

const CLIENT_ID = '00000000-0000-4000-8000-0000000000d1';

function withApplication(props: Partial<EntraApplicationProps>): Template {
  return synthesized((stack) => {
    new EntraApplication(stack, 'application', { displayName: 'VB365 contoso', ...props });
  });
}

describe('the identity that applies', () => {
  it('is looked up by its client id, and owns the application and its service principal', () => {
    const template = withApplication({ deployClientId: CLIENT_ID });
    const owner = expect.stringMatching(
      /^\$\{data\.azuread_service_principal\.application_deploy-identity_\w+\.object_id\}$/,
    );

    expect(template.data('azuread_service_principal')).toEqual([{ client_id: CLIENT_ID }]);
    expect(template.resources('azuread_application')).toMatchObject([
      {
        owners: [owner],
        lifecycle: { ignore_changes: ['identifier_uris', 'required_resource_access', 'owners'] },
      },
    ]);
    expect(template.resources('azuread_service_principal')).toMatchObject([
      { owners: [owner], lifecycle: { ignore_changes: ['owners'] } },
    ]);
  });

  it('becomes owner by a resource of its own where the application was made without it', () => {
    const template = withApplication({ deployClientId: CLIENT_ID });

    expect(template.resources('terraform_data')).toMatchObject([
      {
        input: { first_owners: expect.stringMatching(/^\$\{azuread_application\.\w+\.owners\}$/) },
        triggers_replace: expect.stringMatching(/^\$\{azuread_application\.\w+\.id\}$/),
        lifecycle: { ignore_changes: ['input'] },
      },
    ]);
    expect(template.resources('azuread_application_owner')).toMatchObject([
      {
        count: expect.stringMatching(
          /^\$\{length\(\[for owner in flatten\(\[terraform_data\.[\w-]+\.input\.first_owners\]\) : owner if .+\]\) > 0 \? 0 : 1\}$/,
        ),
      },
    ]);
  });

  it('stands beside owners that the program names', () => {
    const somebody = '00000000-0000-4000-8000-0000000000ff';
    const [application] = withApplication({ deployClientId: CLIENT_ID, owners: [somebody] }).resources(
      'azuread_application',
    );

    expect(application?.owners).toEqual([somebody, expect.stringContaining('object_id')]);
  });

  it('is nobody where none is named', () => {
    const template = withApplication({});

    expect(template.addresses()).toHaveLength(2);
    expect(template.resources('azuread_application')[0]).not.toHaveProperty('owners');
  });

  it('is refused where its client id is no UUID', () => {
    expect(thrownBy(() => withApplication({ deployClientId: 'pipeline' }))).toMatchObject({
      code: 'uuid-invalid',
      subject: 'test/application: deployClientId',
    });
  });
});
