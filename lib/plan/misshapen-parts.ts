import { isObject, type JsonObject, listOf, objectOf, textOf } from './json-values';
import { modulesOf } from './modules';

type Kind = 'list' | 'object' | 'flag';

/** What each part of a plan is, where it is there. */
const PARTS: Readonly<Record<string, Kind>> = {
  action_invocations: 'list',
  applyable: 'flag',
  checks: 'list',
  complete: 'flag',
  configuration: 'object',
  deferred_action_invocations: 'list',
  deferred_changes: 'list',
  errored: 'flag',
  output_changes: 'object',
  planned_values: 'object',
  prior_state: 'object',
  variables: 'object',
};

const OF_CONFIGURATION: Readonly<Record<string, Kind>> = { provider_config: 'object', root_module: 'object' };
const OF_MODULE: Readonly<Record<string, Kind>> = { module_calls: 'object', outputs: 'object', resources: 'list' };
const OF_CHANGE: Readonly<Record<string, Kind>> = { before: 'object', after: 'object', after_unknown: 'object' };

/**
 * Parts that are something else than Terraform writes, a sentence each: who looks for a list finds nothing in an object, and
 * would say that all is well.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function misshapenParts(json: JsonObject): string[] {
  const configuration = objectOf(json.configuration);
  return [
    ...misshapen(json, PARTS, 'the plan'),
    ...misshapen(configuration, OF_CONFIGURATION, 'the configuration'),
    ...modulesOf(objectOf(configuration.root_module)).flatMap(({ module, prefix }) =>
      misshapen(module, OF_MODULE, prefix === '' ? 'the configuration' : prefix.slice(0, -1)),
    ),
    ...[...listOf(json.resource_changes), ...listOf(json.resource_drift)].flatMap((entry) => {
      const { address, change } = objectOf(entry);
      return misshapen(objectOf(change), OF_CHANGE, textOf(address) ?? 'a change');
    }),
  ];
}

function misshapen(values: JsonObject, kinds: Readonly<Record<string, Kind>>, where: string): string[] {
  return Object.entries(kinds)
    .filter(([name, kind]) => !isOf(kind, values[name]))
    .map(([name, kind]) => `${name} of ${where} is no ${kind}`);
}

function isOf(kind: Kind, value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (kind === 'list') return Array.isArray(value);
  return kind === 'flag' ? typeof value === 'boolean' : isObject(value);
}
