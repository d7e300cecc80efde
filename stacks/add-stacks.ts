import type { App } from 'cdktf';
import type { Configuration } from '../lib/config/configuration';
import { DataCloudStack } from './data-cloud-stack';
import { InstallationStack } from './installation-stack';
import { OrganizationStack } from './organization-stack';
import type { StackContext } from './stack-context';

/** The stacks of one owner: its own, and that of its consent where it stands apart. */
export interface OwnerStacks {
  readonly owner: string;
  /** All that goes into the stacks but the certificates: the same parts give the same stacks. */
  readonly parts: unknown;
  add(app: App, lineage: StackContext['lineage']): void;
}

/** The stacks of each installation, organization and Data Cloud organization of the configuration, in its order. */
export function ownersOf({ backend, dataCloud, installations, organizations }: Configuration): OwnerStacks[] {
  const versions = new Map(installations.map(({ name, productVersion }) => [name, productVersion]));
  return [
    ...installations.map((installation) =>
      ownerStacks(installation.name, { installation, backend }, InstallationStack),
    ),
    ...organizations.map((organization) => {
      const productVersion = versions.get(organization.installation) ?? '';
      const parts = { organization, productVersion, backend };
      return ownerStacks(organization.name, parts, OrganizationStack);
    }),
    ...dataCloud.map((organization) => ownerStacks(organization.name, { organization, backend }, DataCloudStack)),
  ];
}

/**
 * A stack for each installation, organization and Data Cloud organization of the configuration, in its order.
 *
 * @example
 * ```ts
 * import { App } from 'cdktf';
 * import { readConfiguration } from 'cdktf-vb365/config';
 * import { Keystore } from 'cdktf-vb365/keystore';
 * import { addStacks } from 'cdktf-vb365/stacks';
 *
 * const configuration = readConfiguration('vb365.yaml');
 * const keystore = new Keystore(configuration.keystore);
 * const app = new App();
 * addStacks(app, configuration, (name) => keystore.lineage(name));
 * app.synth();
 * ```
 */
export function addStacks(app: App, configuration: Configuration, lineage: StackContext['lineage']): void {
  for (const owner of ownersOf(configuration)) owner.add(app, lineage);
}

/** Whoever makes the stack sees the parts and the certificates, and nothing else. */
function ownerStacks<Parts>(
  owner: string,
  parts: Parts,
  Stack: new (app: App, id: string, props: Parts & Pick<StackContext, 'lineage'>) => unknown,
): OwnerStacks {
  return {
    owner,
    parts,
    add: (app, lineage) => {
      new Stack(app, owner, { ...parts, lineage });
    },
  };
}
