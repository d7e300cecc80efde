import { Vb365Error } from '../errors';
import { isObject, type JsonObject, listOf, objectOf, objectsOf, textOf, textsOf } from './json-values';
import { contradictions } from './contradictions';
import { completenessOf, type Completeness } from './completeness';
import { modulesOf } from './modules';
import { type PlanParts, readParts } from './plan-parts';
import { type PlanPrograms, readPrograms } from './plan-programs';
import {
  type ConfigurationFile,
  type ReadConfiguration,
  readConfigurationFiles,
  type WrittenParts,
} from './written-parts';
import { inspect, type PrivateKeyPlace, withoutPrivateKeys } from './private-keys';

/** What Terraform does to a resource. `replace`: it destroys and creates, in whatever order. `forget`: it lets go of it. */
export type Effect = 'none' | 'read' | 'create' | 'update' | 'replace' | 'destroy' | 'forget';

/** One resource of a plan. */
export interface ResourceChange {
  /** `azuread_application.application_4D8A0EC9`, with the modules before it. */
  readonly address: string;
  /** Whether Terraform manages it; otherwise it is a data source. */
  readonly managed: boolean;
  /** `azuread_application` */
  readonly type: string;
  readonly effect: Effect;
  /** Whether an existing one is taken over into the state. */
  readonly imported: boolean;
  /** Whether it is what an earlier apply has replaced and then failed to destroy; the live one has the same address. */
  readonly deposed: boolean;
  /** Attributes; none where it does not exist. */
  readonly before: JsonObject;
  /** Attributes as far as they are known before the apply; none where it will not exist. */
  readonly after: JsonObject;
  /** What is known only after the apply: `true` at its place. */
  readonly unknown: JsonObject;
}

/** A value that a stack tells others, before and after. */
export interface OutputChange {
  readonly name: string;
  readonly effect: Effect;
  readonly before: unknown;
  readonly after: unknown;
}

/** As much of `terraform show -json <plan>` as a review reads, format version 1. */
export interface Plan extends Completeness {
  /** Managed resources and data sources, in Terraform's order. */
  readonly changes: readonly ResourceChange[];
  /** What somebody has changed outside of Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
  /** `output_changes` of the plan; `effect` is `none` where a value stays. */
  readonly outputs: readonly OutputChange[];
  /** Expressions of every resource, by address without the keys of its instances. */
  readonly expressions: ReadonlyMap<string, JsonObject>;
  /** Attributes of the data sources that were read, by address. */
  readonly dataSources: ReadonlyMap<string, JsonObject>;
  /** What runs besides: provisioners, providers, actions. */
  readonly programs: PlanPrograms;
  /** What the configuration consists of beside its resources. */
  readonly parts: PlanParts;
  /** What only the files of the configuration say; undefined where nobody has them. */
  readonly written: WrittenParts | undefined;
  /** Where parts of the plan contradict each other, a sentence each. */
  readonly contradictions: readonly string[];
  /** Whether making the plan failed halfway. */
  readonly errored: boolean;
  /** Where private keys stand; everything else of the plan is read without them. */
  readonly privateKeys: readonly PrivateKeyPlace[];
}

/**
 * Reads what `terraform show -json` says of a plan.
 *
 * @param json parsed; it is looked at in place and never copied, for a plan may be large
 * @param subject name for the errors: a file or a stack
 * @param files the configuration that the plan was made of: the JSON of a plan does not tell all of it
 * @throws Vb365Error `plan-malformed`, `plan-format-unsupported`
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(json: unknown, subject: string, files?: readonly ConfigurationFile[]): Plan {
  if (!isObject(json) || textOf(json.format_version) === undefined || !isPlan(json)) throw notAPlan(subject, json);
  const version = textOf(json.format_version) ?? '';
  if (!/^1\.\d+$/.test(version)) throw unsupported(subject, version);
  const { holdsPrivateKey, isTooDeep } = inspect(json);
  if (isTooDeep) throw malformed(subject, 'it is nested deeper than any plan');
  if (!holdsPrivateKey) return read(json, subject, [], files);
  const { cleaned, places } = withoutPrivateKeys(json);
  return read(objectOf(cleaned), subject, places, files);
}

/**
 * What a resource will be: what is known only after the apply counts as it was, and what Terraform lets go of stays.
 * Otherwise a list that is not known yet would read as one that is emptied. Of one that is replaced, single values that are
 * not known yet stay unknown: those of the old one say nothing of it.
 */
export function expectedAfter({ after, before, effect, unknown }: ResourceChange): JsonObject {
  if (effect === 'none' || effect === 'create') return after;
  if (effect === 'forget') return before;
  const kept = Object.keys(unknown).flatMap((key) => {
    if (unknown[key] === true) {
      return effect === 'replace' && !Array.isArray(before[key]) ? [] : [[key, before[key]] as const];
    }
    const isPartlyKnown = listOf(unknown[key]).includes(true);
    return isPartlyKnown ? [[key, [...listOf(after[key]), ...listOf(before[key])]] as const] : [];
  });
  return kept.length === 0 ? after : { ...after, ...Object.fromEntries(kept) };
}

function read(
  json: JsonObject,
  subject: string,
  privateKeys: readonly PrivateKeyPlace[],
  files: readonly ConfigurationFile[] | undefined,
): Plan {
  if (!Array.isArray(json.resource_changes) && holdsResources(json)) {
    throw malformed(subject, 'it has resources, and does not say what becomes of them');
  }
  const changes = [...readChanges(json, 'resource_changes', subject), ...readDeferred(json, subject)];
  const completeness = completenessOf(json, changes);
  const configuration = files && readConfigurationFiles(files);
  return {
    changes,
    drift: readChanges(json, 'resource_drift', subject),
    outputs: Object.entries(objectOf(json.output_changes)).map(([name, change]) => readOutput(name, objectOf(change))),
    expressions: readExpressions(objectOf(objectOf(json.configuration).root_module)),
    dataSources: readDataSources(json),
    programs: readPrograms(json),
    parts: withWritten(readParts(json), configuration?.parts),
    written: configuration?.written,
    contradictions: contradictions(json, changes, completeness.complete ? completeness.leftOut : []),
    // Whatever is no "false" is no honest one.
    errored: (json.errored ?? false) !== false,
    ...completeness,
    privateKeys,
  };
}

/** What the files say besides; what both say is said by the plan. */
function withWritten(parts: PlanParts, written: ReadConfiguration['parts'] | undefined): PlanParts {
  if (written === undefined) return parts;
  const told = new Set(parts.checks.map(({ address }) => address));
  return {
    ...parts,
    checks: [...parts.checks, ...written.checks.filter(({ address }) => !told.has(address))],
    ephemeral: [...new Set([...parts.ephemeral, ...written.ephemeral])],
    functions: [...new Set([...parts.functions, ...written.functions])],
    modules: [...new Set([...parts.modules, ...written.modules])],
  };
}

/** Of an empty stack alone, Terraform leaves out what changes. */
function holdsResources(json: JsonObject): boolean {
  const modules = [objectOf(json.planned_values), objectOf(objectOf(json.prior_state).values)].map((state) =>
    objectOf(state.root_module),
  );
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    if (objectsOf(module.resources).some(({ mode }) => mode !== 'data')) return true;
    modules.push(...objectsOf(module.child_modules));
  }
  return false;
}

/** Without either, it is a state, which `terraform show -json` prints in the same format. */
function isPlan(json: JsonObject): boolean {
  return 'planned_values' in json || 'resource_changes' in json;
}

function readChanges(json: JsonObject, key: string, subject: string): ResourceChange[] {
  const list = json[key];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw malformed(subject, `${key} is not a list`);
  return readList(list, key, subject);
}

/** What Terraform cannot plan yet comes with the next apply, and is judged already. */
function readDeferred(json: JsonObject, subject: string): ResourceChange[] {
  const changes = objectsOf(json.deferred_changes).map(({ resource_change: change }) => change);
  return readList(changes, 'deferred_changes', subject);
}

function readList(list: readonly unknown[], key: string, subject: string): ResourceChange[] {
  return list.map((entry: unknown, index) => {
    const change = readChange(entry);
    if (change === undefined) throw malformed(subject, `${key}[${index}] has no address, type and actions`);
    return change;
  });
}

function readChange(entry: unknown): ResourceChange | undefined {
  const resource = objectOf(entry);
  const change = objectOf(resource.change);
  const [address, type] = [textOf(resource.address), textOf(resource.type)];
  const effect = effectOf(textsOf(change.actions));
  if (address === undefined || type === undefined || effect === undefined) return undefined;
  return {
    address,
    type,
    effect,
    managed: resource.mode !== 'data',
    imported: (change.importing ?? false) !== false,
    deposed: textOf(resource.deposed) !== undefined,
    before: objectOf(change.before),
    after: objectOf(change.after),
    unknown: objectOf(change.after_unknown),
  };
}

const EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ['no-op', 'none'],
  ['read', 'read'],
  ['create', 'create'],
  ['update', 'update'],
  ['delete', 'destroy'],
  ['forget', 'forget'],
  ['delete+create', 'replace'],
  ['create+delete', 'replace'],
  ['create+forget', 'replace'],
  ['forget+create', 'replace'],
]);

function effectOf(actions: readonly string[]): Effect | undefined {
  return EFFECTS.get(actions.join('+'));
}

function readOutput(name: string, change: JsonObject): OutputChange {
  return { name, effect: effectOf(textsOf(change.actions)) ?? 'update', before: change.before, after: change.after };
}

function readExpressions(root: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const { module, prefix } of modulesOf(root)) {
    for (const resource of objectsOf(module.resources)) {
      const address = textOf(resource.address);
      if (address !== undefined) found.set(prefix + address, objectOf(resource.expressions));
    }
  }
  return found;
}

/** Those that are read while planning stand in the state before; those that must wait stand among the changes. */
function readDataSources(json: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const modules = [objectOf(objectOf(objectOf(json.prior_state).values).root_module)];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const resource of objectsOf(module.resources)) {
      const address = textOf(resource.address);
      if (resource.mode === 'data' && address !== undefined) found.set(address, objectOf(resource.values));
    }
    for (const child of objectsOf(module.child_modules)) modules.push(child);
  }
  return found;
}

function notAPlan(subject: string, json: unknown): Vb365Error {
  const isState = isObject(json) && 'values' in json;
  return malformed(
    subject,
    isState ? 'it is a state, and not a plan' : 'it has no format_version and resource_changes',
  );
}

function malformed(subject: string, why: string): Vb365Error {
  return new Vb365Error('plan-malformed', {
    subject,
    message: `${subject} is not what "terraform show -json" prints of a plan: ${why}`,
    cure: 'write it anew: terraform plan -out=plan, then terraform show -json plan > plan.json',
  });
}

function unsupported(subject: string, version: string): Vb365Error {
  return new Vb365Error('plan-format-unsupported', {
    subject,
    message: `${subject} has the plan format ${JSON.stringify(version.slice(0, 20))}; read is 1.x, of Terraform 1.1 and later`,
    cure: 'take a version of Terraform that writes format 1.x, or a newer version of cdktf-vb365',
  });
}
