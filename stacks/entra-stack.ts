import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type Region, regions } from '../lib/catalogue/regions';
import type { BackendConfiguration } from '../lib/config/configuration';
import { StateBackend } from './state-backend';

export interface EntraStackProps {
  readonly tenantId: string;
  readonly region: Region;
  readonly backend: BackendConfiguration;
}

/** `import` with `for_each`, by which existing applications are adopted, came with 1.7. */
const REQUIRED_TERRAFORM = '>= 1.7';

/**
 * One tenant, one state. The provider is told the tenant, so that credentials of another one fail at once; the
 * credentials themselves come from its environment (`ARM_CLIENT_ID` and what goes with it).
 */
export abstract class EntraStack extends TerraformStack {
  protected constructor(scope: Construct, name: string, props: EntraStackProps) {
    super(scope, name);
    new StateBackend(this, props.backend);
    new AzureadProvider(this, 'azuread', {
      tenantId: props.tenantId,
      environment: regions[props.region].providerEnvironment,
    });
    this.addOverride('terraform.required_version', REQUIRED_TERRAFORM);
  }
}
