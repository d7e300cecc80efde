import { objectsOf, textOf } from '../../plan/json-values';
import type { JsonObject } from '../../plan/json-values';
import type { PlannedApplication } from '../stack/application';

/** Names of the scopes that an application offered and no longer offers, or offers under another id. */
export function removedScopes({ after, before, effect, owned }: PlannedApplication): string[] {
  if (!owned || effect !== 'update') return [];
  const offered = new Set(enabledScopes(after).map(keyOf));
  return enabledScopes(before)
    .filter((scope) => !offered.has(keyOf(scope)))
    .map(({ id, value }) => textOf(value) ?? textOf(id) ?? 'a scope without a name');
}

function enabledScopes({ api }: JsonObject): JsonObject[] {
  const scopes = objectsOf(api).flatMap(({ oauth2_permission_scope: own }) => objectsOf(own));
  return scopes.filter(({ enabled }) => enabled !== false);
}

function keyOf({ id, value }: JsonObject): string {
  return JSON.stringify([id, value]);
}
