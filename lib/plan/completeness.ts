import { withoutInstanceKeys } from './instance-address';
import { type JsonObject, objectOf, objectsOf, textOf } from './json-values';

/** Whether a plan is whole. */
export interface Completeness {
  /** Whether no further apply will be needed, as far as the plan tells. */
  readonly complete: boolean;
  /** Addresses of what it leaves out, as far as it is known. */
  readonly leftOut: readonly string[];
  /** Whether it tells: Terraform does from 1.8 on, and OpenTofu does not. */
  readonly tellsCompleteness: boolean;
}

/** As much of a change as is looked at. */
interface NamedChange {
  readonly address: string;
  readonly managed: boolean;
  readonly effect: string;
}

/** A version that does not tell leaves out without a word what it does not plan; one that tells leaves out nothing else. */
export function completenessOf(json: JsonObject, changes: readonly NamedChange[]): Completeness {
  const tellsCompleteness = typeof json.complete === 'boolean';
  const missing = (json.errored ?? false) === false ? leftOut(json, changes) : [];
  const deferred = objectsOf(json.deferred_changes).flatMap(
    ({ resource_change: change }) => textOf(objectOf(change).address) ?? [],
  );
  const isWhole = tellsCompleteness ? json.complete === true : (json.complete ?? missing.length === 0) === true;
  return { complete: isWhole && deferred.length === 0, leftOut: [...missing, ...deferred], tellsCompleteness };
}

/**
 * Addresses of what is there, or what the configuration asks for, and of which no change says what becomes of it. Terraform names
 * also what stays, unless it plans a part (`-target`). What a plan destroys need not be there; what is counted may be none.
 */
function leftOut(json: JsonObject, changes: readonly NamedChange[]): string[] {
  const told = new Set(changes.flatMap(({ address }) => [address, withoutInstanceKeys(address)]));
  const isEnd = changes.every(({ effect, managed }) => !managed || effect === 'destroy' || effect === 'forget');
  const asked = isEnd ? [] : objectsOf(objectOf(objectOf(json.configuration).root_module).resources).filter(isOne);
  const addresses = [...present(json), ...asked].flatMap(({ address }) => textOf(address) ?? []);
  return [...new Set(addresses)].filter((address) => !told.has(address));
}

function present(json: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  const modules = [objectOf(objectOf(objectOf(json.prior_state).values).root_module)];
  for (const module of modules) {
    found.push(...objectsOf(module.resources).filter(isLive));
    modules.push(...objectsOf(module.child_modules));
  }
  return found;
}

function isLive({ deposed_key: deposed, mode }: JsonObject): boolean {
  return mode === 'managed' && deposed === undefined;
}

function isOne(resource: JsonObject): boolean {
  return (
    resource.mode === 'managed' && resource.count_expression === undefined && resource.for_each_expression === undefined
  );
}
