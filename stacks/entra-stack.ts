import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type Region, regions } from '../lib/catalogue/regions';
import type { BackendConfiguration, DeployIdentityConfiguration } from '../lib/config/configuration';
import type { IEntraApplication } from '../lib/entra/application';
import type { EntraApplicationProps } from '../lib/entra/entra-application';
import { ObjectOutput } from '../lib/entra/object-output';
import { refuseHcl } from '../lib/entra/terraform/refuse-hcl';
import { StateBackend } from './state-backend';

/** Where the applications of a stack are registered, and where its state is kept. */
export interface EntraStackProps {
  /** UUID; sign-ins of the provider to another tenant fail. */
  readonly tenantId: string;
  /** Sets `environment` of the provider. */
  readonly region: Region;
  /** `{stack}` in it becomes the id of the stack. */
  readonly backend: BackendConfiguration;
}

/**
 * `import` with `for_each` and `removed`, by which existing applications are adopted and let go of, came with 1.7. What
 * OpenTofu needs is another version, which cannot be said here: it refuses by itself what it does not know (decision 8).
 */
const REQUIRED_TERRAFORM = '>= 1.7';

/**
 * One tenant, one state. The provider is told the tenant, so that credentials of another one fail at once; the
 * credentials themselves come from its environment (`ARM_CLIENT_ID` and what goes with it).
 */
export abstract class EntraStack extends TerraformStack {
  readonly #clients: Record<string, string> = {};

  protected constructor(scope: Construct, id: string, props: EntraStackProps) {
    super(scope, id);
    refuseHcl(this);
    new StateBackend(this, props.backend);
    new AzureadProvider(this, 'azuread', {
      tenantId: props.tenantId,
      environment: regions[props.region].providerEnvironment,
    });
    this.addOverride('terraform.required_version', REQUIRED_TERRAFORM);
    // A plan does not say what a provider was told before; its outputs say what they were, and what they become.
    new ObjectOutput(this, 'entra', {
      description: 'Where the applications of this stack are registered',
      value: () => ({ stack: id, tenant: props.tenantId, region: props.region }),
    });
  }

  /** Tells programs which application a lineage signs in to: only Terraform knows the client id of one that it makes. */
  protected addClient(lineage: string, { clientId }: IEntraApplication): void {
    this.#clients[lineage] = clientId;
    if (this.node.tryFindChild('clients') !== undefined) return;
    new ObjectOutput(this, 'clients', {
      description: 'Application (client) id by lineage',
      value: () => this.#clients,
    });
  }
}

/** Whom the configuration names to own what the stack creates. */
export function deployOwner({
  deployIdentity,
}: {
  readonly deployIdentity?: DeployIdentityConfiguration;
}): Pick<EntraApplicationProps, 'deployClientId'> {
  return deployIdentity === undefined ? {} : { deployClientId: deployIdentity.clientId };
}
