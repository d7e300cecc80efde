import { apis, permissionIds } from '../../lib/catalogue/permission-ids';
import { selfSigned } from '../support/self-signed';
import { EXISTING, organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const DAY = 86_400_000;
const FOREIGN_URI = 'https://foreign.example.com/';
const FOREIGN_ROLE = permissionIds.application.MicrosoftGraph['User.Read.All'];
const GRANTED = permissionIds.application.MicrosoftGraph['Directory.Read.All'];

const configuration = organization([
  'purposes: [backup, restore-interactive]',
  `application: { clientId: ${EXISTING}, alreadyConsented: [MicrosoftGraph/Directory.Read.All] }`,
  'consent: same-stack',
]);

endToEnd('an existing application', () => {
  it('is adopted: nothing foreign is lost, and the second plan is empty', async () => {
    const deployment = await Deployment.start(configuration);
    const { directory } = deployment.entra;
    const foreign = selfSigned({ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) });
    directory.addApplication(tenants.contoso, {
      appId: EXISTING,
      displayName: 'from the wizard',
      publicClient: { redirectUris: ['http://localhost/foreign'] },
      web: { redirectUris: [FOREIGN_URI] },
      requiredResourceAccess: [
        {
          resourceAppId: apis.MicrosoftGraph.clientId,
          resourceAccess: [FOREIGN_ROLE, GRANTED].map((id) => ({ id, type: 'Role' })),
        },
      ],
    });
    const principal = directory.addServicePrincipal(tenants.contoso, EXISTING);
    const graphPrincipal = directory.tenant(tenants.contoso).servicePrincipalOf(apis.MicrosoftGraph.clientId);
    directory.addKeyCredential(tenants.contoso, EXISTING, foreign);
    directory.addAppRoleAssignment(tenants.contoso, {
      principalId: principal.id,
      resourceId: graphPrincipal?.id ?? '',
      appRoleId: GRANTED,
    });

    await deployment.apply('contoso');
    const [application] = deployment.applications(tenants.contoso);
    const graph = application?.requiredResourceAccess.find(
      ({ resourceAppId }) => resourceAppId === apis.MicrosoftGraph.clientId,
    );

    expect(application).toMatchObject({
      displayName: 'from the wizard',
      isFallbackPublicClient: true,
      publicClient: { redirectUris: expect.arrayContaining(['http://localhost', 'http://localhost/foreign']) },
      web: { redirectUris: [FOREIGN_URI] },
    });
    expect(application?.keyCredentials.map(({ customKeyIdentifier }) => customKeyIdentifier)).toContain(
      foreign.thumbprint,
    );
    expect(application?.keyCredentials).toHaveLength(2);
    expect(graph?.resourceAccess).toContainEqual({ id: FOREIGN_ROLE, type: 'Role' });
    expect((await deployment.plan('contoso')).changes).toEqual([]);
    expect(await deployment.signIn('contoso/entra-application', EXISTING, tenants.contoso)).toEqual({ signedIn: true });

    // Less is asked for, then another application takes its place: Terraform lets go, and destroys nothing of it.
    const keep = ['publicClient', 'web', 'requiredResourceAccess', 'isFallbackPublicClient'] as const;
    for (const less of [organization([`application: { clientId: ${EXISTING} }`, 'consent: none']), organization()]) {
      deployment.workplace.write('vb365.yaml', less);
      await deployment.apply('contoso');
      const after = deployment.applications(tenants.contoso).find(({ appId }) => appId === EXISTING);
      for (const property of keep) expect(after?.[property]).toEqual(application?.[property]);
      expect(after?.keyCredentials.map(({ customKeyIdentifier }) => customKeyIdentifier)).toContain(foreign.thumbprint);
      expect(directory.tenant(tenants.contoso).servicePrincipalOf(EXISTING)?.id).toBe(principal.id);
    }
    expect(deployment.applications(tenants.contoso)).toHaveLength(2);
    expect((await deployment.planSynthesized('contoso')).changes).toEqual([]);
    await deployment.close();
  });

  it('is completed where it has nothing, its service principal included', async () => {
    const deployment = await Deployment.start(configuration.replace(/, alreadyConsented: \[.*?\]/, ''));
    deployment.entra.directory.addApplication(tenants.contoso, { appId: EXISTING, displayName: 'bare' });

    await deployment.apply('contoso');
    expect((await deployment.plan('contoso')).changes).toEqual([]);
    expect(await deployment.signIn('contoso/entra-application', EXISTING, tenants.contoso)).toEqual({ signedIn: true });
    await deployment.close();
  });
});
