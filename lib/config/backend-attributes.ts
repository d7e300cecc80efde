import type { BackendConfiguration } from './configuration';
import { isFreeForm } from './schema/backend-keys';

/** From a stack's folder (`cdktf.out/stacks/<stack>`) to the folder that holds `cdktf.out`. */
const TO_PROJECT = '../../..';

/** Settings of a stack's backend as Terraform takes them: in its spelling, with the stack's name put in. */
export function backendAttributes(configuration: BackendConfiguration, stack: string): Record<string, unknown> {
  const properties = Object.entries(withDefaults(configuration)).filter(([name]) => name !== 'type');
  return toAttributes(Object.fromEntries(properties), stack);
}

/** How another stack reads that state: the data source's name of the backend, and what it is told. */
export function remoteState(
  configuration: BackendConfiguration,
  stack: string,
): { readonly backend: string; readonly config: Record<string, unknown> } {
  const attributes = backendAttributes(configuration, stack);
  const isHosted = configuration.type === 'cloud' || configuration.type === 'remote';
  return isHosted
    ? { backend: 'remote', config: hostedState(attributes) }
    : { backend: configuration.type, config: attributes };
}

/** The workspace is named in the settings of a hosted backend, its project is not known to the data source. */
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
