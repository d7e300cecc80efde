import { isObject, type JsonObject, normalText, objectOf, objectsOf, textOf } from './json-values';
import { modulePrefix } from './instance-address';
import { misshapenParts } from './misshapen-parts';
import { REMOVED } from './private-keys';

/** As much of a change as is compared. */
interface TellingChange {
  readonly address: string;
  readonly type: string;
  readonly managed: boolean;
  readonly deposed: boolean;
  readonly effect: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * Where the parts of a plan contradict each other, a sentence each: Terraform writes all of them from one plan, so somebody has
 * edited it, and what is told here may not be what is applied.
 *
 * A value that the list of changes tells, as it was or as it will be, is told: what matters is what it leaves out.
 *
 * @param leftOut addresses of which no change says what becomes of them, although the plan says that it is complete
 */
export function contradictions(
  json: JsonObject,
  changes: readonly TellingChange[],
  leftOut: readonly string[],
): string[] {
  const within = changes.flatMap((change) => ownContradiction(change) ?? []);
  const untold = untoldValues(json, changes);
  const isTold = (address: string): boolean => untold.some((sentence) => sentence.startsWith(`${address} `));
  return [
    ...misshapenParts(json),
    ...within,
    ...repeated(json).map((address) => `${address} stands twice among the changes`),
    ...untold,
    ...leftOut
      .filter((address) => !isTold(address))
      .map((address) => `nothing says what becomes of ${address}, which is there or asked for`),
  ];
}

/** What an earlier apply has left behind has the address of the live one, and a key of its own. */
function repeated(json: JsonObject): string[] {
  const known = new Set<string>();
  const twice = new Set<string>();
  for (const { address, deposed } of objectsOf(json.resource_changes)) {
    const own = JSON.stringify([address, deposed ?? null]);
    if (known.has(own)) twice.add(textOf(address) ?? '');
    known.add(own);
  }
  return [...twice];
}

function ownContradiction(change: TellingChange): string | undefined {
  const { address, effect, managed } = change;
  const isRead = effect === 'none' || effect === 'read';
  if (!managed && !isRead) return `${address} is said to be a data source, which can only be read`;
  if (!isAddressOf(change)) {
    return `${address} is said to be ${managed ? 'of the type' : 'a data source of the type'} ${change.type}`;
  }
  if (!managed) return undefined;
  if (effect === 'none' && !isSame(change.before, change.after)) return `${address} is said to stay, with other values`;
  if (effect === 'create' && holds(change.before)) return `${address} is said to be created, and to be there`;
  if (effect === 'destroy' && holds(change.after)) return `${address} is said to be destroyed, and to stay`;
  return effect === 'read' ? `${address} is said to be read, and is no data source` : undefined;
}

function isAddressOf({ address, managed, type }: TellingChange): boolean {
  if (address === REMOVED) return true;
  const own = address.slice(modulePrefix(address).length).replace(/^data\./, '');
  const isData = address.slice(modulePrefix(address).length).startsWith('data.');
  return own.startsWith(`${type}.`) && isData === !managed;
}

function holds(values: JsonObject): boolean {
  return Object.values(values).some((value) => value !== null && value !== undefined);
}

function untoldValues(json: JsonObject, changes: readonly TellingChange[]): string[] {
  const told = new Map<string, TellingChange>();
  for (const change of changes) if (!change.deposed) told.set(change.address, change);
  const found: string[] = [];
  const modules = [objectOf(objectOf(json.planned_values).root_module)];
  for (const module of modules) {
    modules.push(...objectsOf(module.child_modules));
    for (const resource of objectsOf(module.resources)) {
      const address = textOf(resource.address);
      if (resource.mode === 'data' || address === undefined || resource.deposed_key !== undefined) continue;
      const change = told.get(address);
      if (change === undefined) found.push(`${address} stands among the planned values alone`);
      else found.push(...untoldOf(objectOf(resource.values), change));
    }
  }
  return found;
}

function untoldOf(values: JsonObject, { address, after, before }: TellingChange): string[] {
  return Object.keys(values)
    .filter((name) => !isSame(values[name], after[name]) && !isSame(values[name], before[name]))
    .map((name) => `${address} has another ${name} among the planned values`);
}

/** Without a copy, for plans are large; only what differs is looked at once more: sets have no order. */
function isSame(one: unknown, other: unknown): boolean {
  return isEqual(one, other) || normalText(one) === normalText(other);
}

/** What is left out is as good as `null`. */
function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === null || one === undefined) return other === null || other === undefined;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) && one.length === other.length && one.every((entry, index) => isEqual(entry, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  for (const name in one) if (!isEqual(one[name], other[name])) return false;
  for (const name in other) if (!(name in one) && !isEqual(undefined, other[name])) return false;
  return true;
}
