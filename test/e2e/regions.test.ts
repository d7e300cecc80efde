import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regions } from '../../lib/catalogue/regions';
import { organization } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

endToEnd('the region of an organization', () => {
  it.each(Object.entries(regions))(
    'reaches the provider, which plans with it: %s',
    async (region, { providerEnvironment }) => {
      const deployment = await Deployment.start(organization([`region: ${region}`]));
      try {
        const { counts } = await deployment.plan('contoso');
        const file = join(deployment.workplace.folder, 'cdktf.out', 'stacks', 'contoso', 'cdk.tf.json');

        expect(counts).toMatchObject({ changed: 0, destroyed: 0 });
        expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
          provider: { azuread: [{ environment: providerEnvironment }] },
        });
      } finally {
        await deployment.close();
      }
    },
    60_000,
  );
});
