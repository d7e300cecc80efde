import { isObject, type JsonObject, normalText, objectOf } from '../../plan/json-values';
import type { ResourceChange } from '../../plan/plan';

/**
 * Paths of the attributes whose value a plan changes: `web.implicit_grant.id_token_issuance_enabled`. At creation, those that
 * have one. A list of several objects is one value; what is known only after the apply is left out.
 */
export function changedPaths({ after, before, effect, unknown }: ResourceChange): string[] {
  if (effect !== 'create' && effect !== 'update' && effect !== 'replace') return [];
  return differences(effect === 'create' ? {} : before, after, unknown, '');
}

/** The value at such a path. */
export function valueAt(values: JsonObject, path: string): unknown {
  return path.split('.').reduce((value: unknown, name) => blockOf(value)?.[name], values);
}

/** Paths of the attributes of which something is known only after the apply. */
export function unknownPaths({ effect, unknown }: ResourceChange): string[] {
  if (effect !== 'create' && effect !== 'update' && effect !== 'replace') return [];
  return Object.keys(unknown).flatMap((name) => unknownBelow(unknown[name], name));
}

function differences(before: unknown, after: unknown, unknown: unknown, path: string): string[] {
  if (unknown === true || before === after) return [];
  const [old, next] = [blockOf(before), blockOf(after)];
  if (old === undefined || next === undefined) return isSame(before, after) ? [] : [path];
  const hidden = blockOf(unknown) ?? {};
  const added = Object.keys(next).filter((name) => !Object.hasOwn(old, name));
  return [...Object.keys(old), ...added].flatMap((name) =>
    differences(old[name], next[name], hidden[name], path === '' ? name : `${path}.${name}`),
  );
}

/** Nearly all are texts, which need not be written out to be told apart. */
function isSame(before: unknown, after: unknown): boolean {
  if (typeof before === 'string' && typeof after === 'string') return before === after;
  return normalText(before) === normalText(after);
}

/** A nested block stands as a list of one object; where there is none, as an empty list or as nothing. */
function blockOf(value: unknown): JsonObject | undefined {
  if (isObject(value)) return value;
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value) || value.length > 1) return undefined;
  return value.length === 0 || isObject(value[0]) ? objectOf(value[0]) : undefined;
}

function unknownBelow(value: unknown, path: string): string[] {
  if (value === true) return [path];
  if (Array.isArray(value)) return [...new Set(value.flatMap((entry: unknown) => unknownBelow(entry, path)))];
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((name) => unknownBelow(value[name], `${path}.${name}`));
}
