import { TerraformBackend, TerraformRemoteState, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { backendAttributes, remoteState } from '../lib/config/backend-attributes';
import type { BackendConfiguration } from '../lib/config/configuration';

/**
 * The state backend of one stack, passed through to Terraform as the configuration says it.
 *
 * CDKTF's own default is a local backend with the absolute path of the machine that synthesizes: it would make two
 * syntheses differ. Here the path is relative to the stack's folder, so that it is the same everywhere.
 */
export class StateBackend extends TerraformBackend {
  readonly #stack: string;
  readonly #configuration: BackendConfiguration;

  constructor(stack: TerraformStack, configuration: BackendConfiguration) {
    super(stack, 'backend', configuration.type);
    this.#stack = stack.node.id;
    this.#configuration = configuration;
  }

  /**
   * How another stack reads this state: `cloud` by the data source `remote`, the others by their own type and in the
   * workspace that is selected.
   */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { backend, config } = remoteState(this.#configuration, this.#stack);
    const isHosted = backend === 'remote';
    return new RemoteState(
      scope,
      name,
      backend,
      isHosted ? config : { ...config, workspace: '${terraform.workspace}' },
    );
  }

  /** The block `cloud` for that type, else the block `backend`, with properties in Terraform's spelling. */
  override toTerraform(): unknown {
    const { type } = this.#configuration;
    const settings = backendAttributes(this.#configuration, this.#stack);
    return { terraform: type === 'cloud' ? { cloud: settings } : { backend: { [type]: settings } } };
  }

  /** The same as JSON: no stack of this library is rendered in HCL. */
  override toHclTerraform(): unknown {
    return this.toTerraform();
  }
}

/** CDKTF's class is abstract and adds nothing but its name. */
class RemoteState extends TerraformRemoteState {}
