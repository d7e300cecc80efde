import { organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

/** What each change leads to, on the way from one configuration to the next. */
const steps: readonly (readonly [string, readonly string[], readonly RegExp[]])[] = [
  [
    'interactive restores',
    ['purposes: [backup, restore-interactive]'],
    [
      /^update azuread_application\.application_/,
      /^update azuread_application_api_access\.application_api-access-ExchangeOnline_/,
      /^update azuread_application_api_access\.application_api-access-MicrosoftGraph_/,
      /^create azuread_service_principal_delegated_permission_grant\.consent_ExchangeOnline-delegated_/,
      /^create azuread_service_principal_delegated_permission_grant\.consent_MicrosoftGraph-delegated_/,
    ],
  ],
  [
    'no interactive restores any more',
    [],
    [
      /^update azuread_application\.application_/,
      /^update azuread_application_api_access\.application_api-access-ExchangeOnline_/,
      /^update azuread_application_api_access\.application_api-access-MicrosoftGraph_/,
      /^delete azuread_service_principal_delegated_permission_grant\.consent_ExchangeOnline-delegated_/,
      /^delete azuread_service_principal_delegated_permission_grant\.consent_MicrosoftGraph-delegated_/,
    ],
  ],
  [
    'a service more',
    ['services: [exchange, sharepoint]'],
    [
      /^update azuread_application_api_access\.application_api-access-MicrosoftGraph_/,
      /^create azuread_application_api_access\.application_api-access-SharePointOnline_/,
      /^create azuread_app_role_assignment\.consent_MicrosoftGraph-SitesReadAll_/,
      /^create azuread_app_role_assignment\.consent_SharePointOnline-SitesFullControlAll_/,
      /^create azuread_app_role_assignment\.consent_SharePointOnline-UserReadAll_/,
    ],
  ],
  [
    'a service less',
    [],
    [
      /^update azuread_application_api_access\.application_api-access-MicrosoftGraph_/,
      /^delete azuread_application_api_access\.application_api-access-SharePointOnline_/,
      /^delete azuread_app_role_assignment\.consent_MicrosoftGraph-SitesReadAll_/,
      /^delete azuread_app_role_assignment\.consent_SharePointOnline-SitesFullControlAll_/,
      /^delete azuread_app_role_assignment\.consent_SharePointOnline-UserReadAll_/,
    ],
  ],
];

endToEnd('a change of the configuration', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(organization());
    await deployment.apply('contoso');
  });

  afterAll(() => deployment.close());

  it.each(steps)('is made in place, and touches no credential: %s', async (_, lines, expected) => {
    const before = deployment.applications(tenants.contoso)[0]?.keyCredentials;
    // The plan of each step shows that the one before left nothing to do: it holds what is expected, and no more.
    deployment.workplace.write('vb365.yaml', organization(lines));

    const { changes } = await deployment.plan('contoso');
    expect(changes).toHaveLength(expected.length);
    for (const change of expected) expect(changes).toContainEqual(expect.stringMatching(change));
    await deployment.applySynthesized('contoso');
    expect(deployment.applications(tenants.contoso)[0]?.keyCredentials).toEqual(before);
  });
});
