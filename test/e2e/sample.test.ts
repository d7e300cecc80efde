import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keystore } from '../../lib/keystore/keystore';
import { EXISTING } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

/** Tenants of the sample by stack. */
const stacks = {
  primary: '00000000-0000-0000-0000-000000000001',
  contoso: '00000000-0000-0000-0000-000000000002',
  northwind: '00000000-0000-0000-0000-000000000003',
  fabrikam: '00000000-0000-0000-0000-000000000004',
} as const;

const lineages = {
  primary: 'primary/restore-portal',
  contoso: 'contoso/entra-application',
  northwind: 'northwind/entra-application',
  fabrikam: 'fabrikam/data-cloud',
} as const;

endToEnd('the sample', () => {
  let deployment: Deployment;
  const names = Object.keys(stacks) as (keyof typeof stacks)[];

  beforeAll(async () => {
    deployment = await Deployment.start(readFileSync(join(__dirname, '..', '..', 'vb365.yaml'), 'utf8'));
    const { directory } = deployment.entra;
    directory.addApplication(stacks.northwind, { appId: EXISTING, displayName: 'from the wizard' });
    directory.addServicePrincipal(stacks.northwind, EXISTING);
    await deployment.synthesize();
    await Promise.all(names.map((name) => deployment.applySynthesized(name)));
  });

  afterAll(() => deployment.close());

  it('plans nothing once it is applied', async () => {
    for (const name of names) expect((await deployment.plan(name)).changes).toEqual([]);
  });

  it.each(names)('publishes the certificate of %s, and its owner signs in with it', async (name) => {
    const keystore = new Keystore(join(deployment.workplace.folder, 'keystore'));
    const [application, ...others] = deployment.applications(stacks[name]);
    const thumbprint = keystore.current(lineages[name])?.certificate.thumbprint;

    expect(others).toEqual([]);
    expect(application?.keyCredentials.map(({ customKeyIdentifier }) => customKeyIdentifier)).toEqual([thumbprint]);
    expect(await deployment.signIn(lineages[name], application?.appId ?? '', stacks[name])).toEqual({
      signedIn: true,
    });
  });
});
