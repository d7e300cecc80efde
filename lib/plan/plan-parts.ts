import { calledFunctions } from './called-functions';
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from './json-values';
import { withoutInstanceKeys } from './instance-address';
import { modulesOf } from './modules';

/** One configuration of a provider. */
export interface ProviderBlock {
  /** `azuread`, `azuread.other` of one with an alias, `module.a:azuread` of one in a module. */
  readonly key: string;
  /** `registry.terraform.io/hashicorp/azuread` */
  readonly provider: string;
  /** What it is told, by name; undefined where an expression says it. */
  readonly settings: ReadonlyMap<string, unknown>;
}

/** A data source that the configuration reads. */
export interface DataSource {
  readonly address: string;
  readonly type: string;
  /** Its arguments; an expression of Terraform stands as a text. */
  readonly settings: JsonObject;
}

/** Something that Terraform checks at a plan or an apply. */
export interface Check {
  readonly address: string;
  /** `check` of a block of its own, `resource`, `output_value`; empty where nothing says it. */
  readonly kind: string;
  /** `pass`, `fail`, `error`, `unknown`; empty where nothing says it. */
  readonly status: string;
}

/** What a configuration consists of beside its resources: who executes it, and what it executes. */
export interface PlanParts {
  readonly providers: readonly ProviderBlock[];
  /** `module.a (git::https://…)` */
  readonly modules: readonly string[];
  readonly dataSources: readonly DataSource[];
  /** Addresses of ephemeral resources and of whatever else is neither resource nor data source. */
  readonly ephemeral: readonly string[];
  readonly checks: readonly Check[];
  /** Names of the functions that expressions call. */
  readonly functions: readonly string[];
}

/** @param json a plan as `terraform show -json` prints it */
export function readParts(json: JsonObject): PlanParts {
  const configuration = objectOf(json.configuration);
  const modules = modulesOf(objectOf(configuration.root_module));
  const resources = modules.flatMap(({ module, prefix }) =>
    objectsOf(module.resources).map((resource) => ({
      resource,
      address: prefix + (textOf(resource.address) ?? 'a resource without an address'),
    })),
  );
  return {
    providers: Object.entries({ ...usedAliases(resources), ...objectOf(configuration.provider_config) }).map(
      ([key, block]) => readProvider(key, objectOf(block)),
    ),
    modules: modules.flatMap(({ module, prefix }) => readCalls(module, prefix)),
    dataSources: dataSourcesOf(json, resources),
    ephemeral: resources
      .filter(({ resource: { mode } }) => mode !== undefined && mode !== 'managed' && mode !== 'data')
      .map(({ address }) => address),
    checks: objectsOf(json.checks).map(readCheck),
    functions: functionsIn(configuration),
  };
}

/** Also those that were read, or will be, and of which the configuration says nothing. */
function dataSourcesOf(
  json: JsonObject,
  configured: readonly { readonly address: string; readonly resource: JsonObject }[],
): DataSource[] {
  const found = new Map<string, DataSource>();
  for (const { address, resource } of configured) {
    if (resource.mode !== 'data') continue;
    found.set(address, {
      address,
      type: textOf(resource.type) ?? '',
      settings: constants(objectOf(resource.expressions)),
    });
  }
  const { root_module: root } = objectOf(objectOf(json.prior_state).values);
  const modules = [objectOf(root)];
  for (const module of modules) modules.push(...objectsOf(module.child_modules));
  const read = [...objectsOf(json.resource_changes), ...modules.flatMap(({ resources }) => objectsOf(resources))];
  for (const { address: own, mode, type } of read) {
    const address = withoutInstanceKeys(textOf(own) ?? '');
    if (mode === 'data' && !found.has(address)) found.set(address, { address, type: textOf(type) ?? '', settings: {} });
  }
  return [...found.values()];
}

/** Every function that a text below calls, keys included. */
export function functionsIn(value: unknown): string[] {
  const found = new Set<string>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') for (const name of calledFunctions(next)) found.add(name);
    else if (Array.isArray(next)) for (const entry of next) open.push(entry);
    else if (isObject(next)) for (const [name, entry] of Object.entries(next)) open.push(name, entry);
  }
  return [...found].sort();
}

/** Other configurations of a provider that resources name, whether anything says what they are told or not. */
function usedAliases(resources: readonly { readonly resource: JsonObject }[]): JsonObject {
  const keys = resources.flatMap(({ resource }) => textOf(resource.provider_config_key) ?? []);
  return Object.fromEntries(keys.filter((key) => key.includes('.')).map((key) => [key, {}]));
}

function readProvider(key: string, block: JsonObject): ProviderBlock {
  const alias = textOf(block.alias);
  const own = alias === undefined || key.endsWith(`.${alias}`) ? key : `${key}.${alias}`;
  return {
    key: own,
    provider: textOf(block.full_name) ?? textOf(block.name) ?? key,
    settings: new Map(
      Object.entries(objectOf(block.expressions)).map(([name, value]) => [name, constantOf(value)] as const),
    ),
  };
}

function readCalls(module: JsonObject, prefix: string): string[] {
  return Object.entries(objectOf(module.module_calls)).map(([name, call]) => {
    return `${prefix}module.${name} (${textOf(objectOf(call).source) ?? 'of an unknown source'})`;
  });
}

function readCheck(check: JsonObject): Check {
  const { kind, to_display: shown } = objectOf(check.address);
  return {
    address: textOf(shown) ?? 'a check without an address',
    kind: textOf(kind) ?? '',
    status: textOf(check.status) ?? '',
  };
}

function constants(expressions: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(expressions).map(([name, value]) => [name, constantOf(value)]));
}

/** Undefined where it is none, or a text that refers to something. */
function constantOf(expression: unknown): unknown {
  const { constant_value: value, references } = objectOf(expression);
  return references === undefined ? value : undefined;
}
