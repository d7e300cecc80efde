import { TerraformBackend, TerraformRemoteState, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { isFreeForm } from '../lib/config/schema/backend-keys';
import type { BackendConfiguration } from '../lib/config/configuration';

/** From a stack's folder (`cdktf.out/stacks/<stack>`) to the folder that holds `cdktf.out`. */
const TO_PROJECT = '../../..';

/**
 * The state backend of one stack, passed through to Terraform as the configuration says it.
 *
 * CDKTF's own default is a local backend with the absolute path of the machine that synthesizes: it would make two
 * syntheses differ. Here the path is relative to the stack's folder, so that it is the same everywhere.
 */
export class StateBackend extends TerraformBackend {
  readonly #type: string;
  readonly #attributes: Readonly<Record<string, unknown>>;

  constructor(stack: TerraformStack, configuration: BackendConfiguration) {
    super(stack, 'backend', configuration.type);
    const { type, ...properties } = withDefaults(configuration);
    this.#type = type;
    this.#attributes = toAttributes(properties, stack.node.id);
  }

  /**
   * How another stack reads this state: `cloud` by the data source `remote`, the others by their own type and in the
   * workspace that is selected.
   */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    if (this.#type === 'cloud' || this.#type === 'remote') {
      return new RemoteState(scope, name, 'remote', hostedState(this.#attributes));
    }
    return new RemoteState(scope, name, this.#type, { ...this.#attributes, workspace: '${terraform.workspace}' });
  }

  /** The block `cloud` for that type, else the block `backend`, with properties in Terraform's spelling. */
  override toTerraform(): unknown {
    const settings = { ...this.#attributes };
    return { terraform: this.#type === 'cloud' ? { cloud: settings } : { backend: { [this.#type]: settings } } };
  }

  /** The same as JSON: no stack of this library is rendered in HCL. */
  override toHclTerraform(): unknown {
    return this.toTerraform();
  }
}

/** CDKTF's class is abstract and adds nothing but its name. */
class RemoteState extends TerraformRemoteState {}

/** What the data source takes of a hosted backend's settings: the workspace is named in them, its project is not known. */
function hostedState(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { hostname, organization, workspaces } = attributes;
  const { name } = typeof workspaces === 'object' && workspaces !== null && 'name' in workspaces ? workspaces : {};
  return { ...(hostname !== undefined && { hostname }), organization, workspaces: { name } };
}

function withDefaults(configuration: BackendConfiguration): BackendConfiguration {
  if (configuration.type !== 'local') return configuration;
  const { path } = configuration;
  return { ...configuration, path: `${TO_PROJECT}/${typeof path === 'string' ? path : 'terraform.{stack}.tfstate'}` };
}

/** Terraform's spelling but for keys that a person has chosen, with the stack's name put in. */
function toAttributes(
  properties: Readonly<Record<string, unknown>>,
  stack: string,
  spell: (name: string) => string = snakeCase,
): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, value]): [string, unknown] => {
    return [spell(name), fillIn(value, stack, isFreeForm(name) ? asGiven : spell)];
  });
  return Object.fromEntries(entries);
}

function fillIn(value: unknown, stack: string, spell: (name: string) => string): unknown {
  if (typeof value === 'string') return value.replaceAll('{stack}', stack);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, stack, spell));
  if (typeof value === 'object' && value !== null) return toAttributes({ ...value }, stack, spell);
  return value;
}

function asGiven(name: string): string {
  return name;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
