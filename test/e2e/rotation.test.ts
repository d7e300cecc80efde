import { tenants, organization } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const LINEAGE = 'contoso/entra-application';

endToEnd('a rotation', () => {
  let deployment: Deployment;
  const signIn = (generation: string): ReturnType<Deployment['signIn']> =>
    deployment.signIn(LINEAGE, deployment.applications(tenants.contoso)[0]?.appId ?? '', tenants.contoso, generation);

  beforeAll(async () => {
    deployment = await Deployment.start(organization());
    await deployment.apply('contoso');
  }, 120_000);

  afterAll(() => deployment.close());

  it('adds one credential and touches nothing; then both sign in', async () => {
    await deployment.issueSuccessor(LINEAGE);

    expect(await deployment.plan('contoso')).toEqual({
      counts: { imported: 0, added: 1, changed: 0, destroyed: 0 },
      changes: [expect.stringMatching(/^create azuread_application_certificate\./)],
    });
    await deployment.apply('contoso');
    expect(await Promise.all([signIn('0001'), signIn('0002')])).toEqual([{ signedIn: true }, { signedIn: true }]);
  }, 120_000);

  it('destroys one credential when the superseded one is retired; it no longer signs in, the current one does', async () => {
    const superseded = await deployment.exported(LINEAGE, '0001');
    deployment.removeGeneration(LINEAGE, 1);

    expect((await deployment.plan('contoso')).counts).toEqual({ imported: 0, added: 0, changed: 0, destroyed: 1 });
    await deployment.apply('contoso');
    const { appId = '' } = deployment.applications(tenants.contoso)[0] ?? {};
    expect(await deployment.signInWith(superseded, appId, tenants.contoso)).toEqual({
      signedIn: false,
      error: expect.stringContaining('AADSTS700027'),
    });
    expect(await signIn('0002')).toEqual({ signedIn: true });
  }, 120_000);
});
