import { tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const GUEST = '00000000-0000-0000-0000-0000000000f1';

const configuration = (additional: readonly string[] = []): string => `installations:
  - name: primary
    productVersion: '8.3'
    tenantId: ${tenants.installation}
    server: { hostName: vb365.example.com }
    restApi: { port: 4443 }
    restorePortal:
      webAddress: https://portal.example.com:4443
      application: { multiTenant: true, additionalRedirectUris: [${additional.join(', ')}] }
`;

endToEnd('the application of a multi-tenant Restore Portal', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(configuration());
    await deployment.apply('primary');
  });

  afterAll(() => deployment.close());

  it('has its scope, identifier URI and single-page address, and the certificate of the portal', async () => {
    const [application] = deployment.applications(tenants.installation);

    expect(application).toMatchObject({
      signInAudience: 'AzureADMultipleOrgs',
      identifierUris: [`api://${application?.appId ?? ''}`],
      spa: { redirectUris: ['https://portal.example.com:4443/'] },
      api: { oauth2PermissionScopes: [{ value: 'access_as_user' }] },
    });
    expect(await deployment.signIn('primary/restore-portal', application?.appId ?? '', tenants.installation)).toEqual({
      signedIn: true,
    });
    expect((await deployment.plan('primary')).changes).toEqual([]);
  });

  it('signs in to another tenant once that tenant has its service principal', async () => {
    const [{ appId } = { appId: '' }] = deployment.applications(tenants.installation);

    expect(await deployment.signIn('primary/restore-portal', appId, GUEST)).toMatchObject({ signedIn: false });
    deployment.entra.directory.addServicePrincipal(GUEST, appId);
    expect(await deployment.signIn('primary/restore-portal', appId, GUEST)).toEqual({ signedIn: true });
  });

  it('takes a redirect URI more and gives it back, in place', async () => {
    const credentials = deployment.applications(tenants.installation)[0]?.keyCredentials;
    const addresses = (): unknown => deployment.applications(tenants.installation)[0]?.spa.redirectUris;

    for (const additional of [['https://portal.example.org:4443'], []]) {
      deployment.workplace.write('vb365.yaml', configuration(additional));
      expect((await deployment.plan('primary')).changes).toEqual([
        expect.stringMatching(/^update azuread_application\.restore-portal-application_/),
      ]);
      await deployment.applySynthesized('primary');
      expect(addresses()).toHaveLength(additional.length + 1);
    }
    expect(deployment.applications(tenants.installation)[0]?.keyCredentials).toEqual(credentials);
  });
});
