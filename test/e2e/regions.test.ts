import { readFileSync } from 'node:fs';
import { regions } from '../../lib/catalogue/regions';
import { INSTALLATION, organization } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

endToEnd('the region of an organization', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    const organizations = Object.keys(regions).map((region) => {
      const [, lines = ''] = organization([`region: ${region}`], region).split('organizations:\n');
      return lines;
    });
    deployment = await Deployment.start(`${INSTALLATION}organizations:\n${organizations.join('')}`);
    await deployment.synthesize();
  });

  afterAll(() => deployment.close());

  it.each(Object.entries(regions))(
    'reaches the provider, which plans with it: %s',
    async (region, { providerEnvironment }) => {
      const { counts } = await deployment.planSynthesized(region);
      const file = deployment.workplace.path(`cdktf.out/stacks/${region}/cdk.tf.json`);

      expect(counts).toMatchObject({ changed: 0, destroyed: 0 });
      expect(counts.added).toBeGreaterThan(0);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
        provider: { azuread: [{ environment: providerEnvironment }] },
      });
    },
  );
});
