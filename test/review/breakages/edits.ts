import type { ReviewRuleId } from '../../../lib/catalogue/review-rules';
import type { ConfigurationFile } from '../../../lib/plan/written-parts';
import type { ReviewContext } from '../../../lib/review/stack/stack-plan';
import type { Attributes, RawChange, RawPlan } from '../recorded-plan';

/** A way in which a plan can be wrong: what a rule is there to find. */
export interface Breakage {
  readonly rule: ReviewRuleId;
  readonly what: string;
  /** Name of the recorded plan. */
  readonly plan: string;
  /** The moment of the whole plan, where another one than the recorded is meant, and that of the broken one. */
  readonly at?: { readonly before?: Date; readonly after: (whole: RawPlan) => Date };
  readonly mutate?: (plan: RawPlan) => void;
  /** What else differs: the protected branch, or the configuration that the plan was made of. */
  readonly context?: (context: ReviewContext) => ReviewContext;
  readonly files?: readonly ConfigurationFile[];
}

/** Plans in which little happens. */
export const ORGANIZATION = 'nothing-changed';
export const INSTALLATION = 'server-certificate-switched';

type Change = RawChange['change'];

export function editing(edit: (plan: RawPlan) => void): (plan: RawPlan) => void {
  return edit;
}

/** Edits a resource of that type, counted from 0 in the order of the plan. */
export function changing(type: string, edit: (change: Change) => void, which = 0): (plan: RawPlan) => void {
  return (plan) => {
    edit(find(plan, type, which).change);
  };
}

/** The resource of that type, counted from 0 in the order of the plan. */
export function find(plan: RawPlan, type: string, which = 0): RawChange {
  const found = plan.resource_changes.filter((change) => change.type === type)[which];
  if (found !== undefined) return found;
  throw new Error(`the plan has no ${type}`);
}

export function everything(edit: (change: Change) => void): (plan: RawPlan) => void {
  return (plan) => {
    for (const { change, mode } of plan.resource_changes) if (mode === 'managed') edit(change);
  };
}

export function add(type: string, after: Attributes, action = 'create', name = 'added'): (plan: RawPlan) => void {
  return (plan) => {
    const change = { actions: [action], before: null, after, after_unknown: {} };
    plan.resource_changes.push({ address: `${type}.${name}`, type, mode: 'managed', change });
  };
}

export function destroy(change: Change): void {
  change.actions = ['delete'];
  change.after = null;
}

export function create(change: Change): void {
  change.actions = ['create'];
  change.before = null;
}

export function update(values: Attributes): (change: Change) => void {
  return (change) => {
    change.actions = ['update'];
    change.after = { ...change.after, ...values };
  };
}

export function set(values: Attributes, when: 'before' | 'after' = 'after'): (change: Change) => void {
  return (change) => {
    change[when] = { ...change[when], ...values };
  };
}

/** As though it had never been: from everything that a plan says of a resource. */
export function takeOut(plan: RawPlan, address: string): void {
  const { configuration, prior_state: prior } = plan as unknown as {
    configuration: { root_module: Resources };
    prior_state: { values: { root_module: Resources } };
  };
  plan.resource_changes = plan.resource_changes.filter((one) => one.address !== address);
  for (const module of [configuration.root_module, prior.values.root_module]) {
    module.resources = module.resources.filter((one) => one.address !== address);
  }
}

interface Resources {
  resources: { readonly address: string }[];
}
