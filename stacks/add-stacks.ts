import type { App } from 'cdktf';
import type { Configuration } from '../lib/config/configuration';
import { DataCloudStack } from './data-cloud-stack';
import { InstallationStack } from './installation-stack';
import { OrganizationStack } from './organization-stack';
import type { StackContext } from './stack-context';

/** A stack for each installation, organization and Data Cloud organization of the configuration, in its order. */
export function addStacks(app: App, configuration: Configuration, lineage: StackContext['lineage']): void {
  const { backend, dataCloud, installations, organizations } = configuration;
  const versions = new Map(installations.map(({ name, productVersion }) => [name, productVersion]));

  for (const installation of installations) new InstallationStack(app, { installation, backend, lineage });
  for (const organization of organizations) {
    const productVersion = versions.get(organization.installation) ?? '';
    new OrganizationStack(app, { organization, productVersion, backend, lineage });
  }
  for (const organization of dataCloud) new DataCloudStack(app, { organization, backend, lineage });
}
