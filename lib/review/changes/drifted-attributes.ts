import { withoutInstanceKeys } from '../../plan/instance-address';
import { isObject, type JsonObject, listOf, normalText } from '../../plan/json-values';
import type { Plan, ResourceChange } from '../../plan/plan';
import { unconfiguredDrift } from './unconfigured-drift';

/** Attributes of the configuration that somebody has changed outside of Terraform. */
export function driftedAttributes({ address, before, after }: ResourceChange, plan: Plan): string[] {
  const configured = plan.expressions.get(withoutInstanceKeys(address)) ?? {};
  return Object.keys(configured).filter((name) => differs(configured[name], before[name], after[name]));
}

/** Whether the apply only puts back what an attribute was at the last one, which is told as drift. */
export function isWrittenBack(
  plan: Plan,
  { address, after }: Pick<ResourceChange, 'address' | 'after'>,
  attribute: string,
): boolean {
  const drift = driftByAddress(plan).get(address);
  if (drift === undefined || drift.effect === 'destroy') return false;
  const isTold = driftedAttributes(drift, plan).includes(attribute);
  return isTold && normalText(drift.before[attribute]) === normalText(after[attribute]);
}

const indexes = new WeakMap<Plan, ReadonlyMap<string, ResourceChange>>();

function driftByAddress(plan: Plan): ReadonlyMap<string, ResourceChange> {
  const index = indexes.get(plan) ?? new Map(plan.drift.map((change) => [change.address, change]));
  indexes.set(plan, index);
  return index;
}

/** Whether it is told at all: what the provider merely reads anew is no news. */
export function isDrifted(change: ResourceChange, plan: Plan): boolean {
  const attributes = [...driftedAttributes(change, plan), ...unconfiguredDrift(change, plan)];
  return change.effect === 'destroy' || attributes.length > 0;
}

/** An expression stands as an object with what it refers to, a nested block as a list of objects with their own expressions. */
function differs(expression: unknown, before: unknown, after: unknown): boolean {
  const blocks = Array.isArray(expression)
    ? expression.filter(isObject)
    : isBlock(expression)
      ? [expression]
      : undefined;
  if (blocks === undefined) return normalText(before) !== normalText(after);
  return blocks.some((block, index) => {
    const [old, current] = [objectAt(before, index), objectAt(after, index)];
    return Object.keys(block).some((name) => differs(block[name], old[name], current[name]));
  });
}

function isBlock(expression: unknown): expression is JsonObject {
  return isObject(expression) && !('constant_value' in expression) && !('references' in expression);
}

function objectAt(value: unknown, index: number): JsonObject {
  const entry = Array.isArray(value) ? listOf(value)[index] : value;
  return isObject(entry) ? entry : {};
}
