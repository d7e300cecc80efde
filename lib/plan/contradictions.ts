import { isObject, type JsonObject, objectOf, objectsOf, textOf } from './json-values';
import { modulePrefix } from './instance-address';
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
 */
export function contradictions(json: JsonObject, changes: readonly TellingChange[]): string[] {
  const within = changes.flatMap((change) => ownContradiction(change) ?? []);
  return [...within, ...untoldValues(json, changes)];
}

function ownContradiction(change: TellingChange): string | undefined {
  const { address, effect, managed } = change;
  if (!isAddressOf(change)) return `${address} is said to be of the type ${change.type}`;
  if (!managed) {
    const isRead = effect === 'none' || effect === 'read';
    return isRead ? undefined : `${address} is said to be a data source, which can only be read`;
  }
  if (effect === 'none' && !isSame(change.before, change.after)) return `${address} is said to stay, with other values`;
  if (effect === 'create' && holds(change.before)) return `${address} is said to be created, and to be there`;
  if (effect === 'destroy' && holds(change.after)) return `${address} is said to be destroyed, and to stay`;
  return effect === 'read' ? `${address} is said to be read, and is no data source` : undefined;
}

function isAddressOf({ address, managed, type }: TellingChange): boolean {
  if (address === REMOVED) return true;
  const own = address.slice(modulePrefix(address).length).replace(/^data\./, '');
  const isData = address.slice(modulePrefix(address).length).startsWith('data.');
  return own.startsWith(`${type}.`) && (managed ? !isData : true);
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

/** Without a copy, for plans are large; what is left out is as good as `null`. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === null || one === undefined) return other === null || other === undefined;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) && one.length === other.length && one.every((entry, index) => isSame(entry, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  for (const name in one) if (!isSame(one[name], other[name])) return false;
  for (const name in other) if (!(name in one) && !isSame(undefined, other[name])) return false;
  return true;
}
