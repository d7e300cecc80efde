import { instanceKeys, modulePrefix, withoutInstanceKeys } from '../../plan/instance-address';
import { type JsonObject, objectOf, textOf, textsIn, textsOf } from '../../plan/json-values';
import type { Effect, Plan, ResourceChange } from '../../plan/plan';
import { ById } from './by-id';

/** An Entra application that a plan is about, or another principal to which it gives something. */
export interface PlannedApplication {
  /** Of the resource, or of the data source that looked it up; the id of one that the stack does not know. */
  readonly address: string;
  /** Whether the stack made it; otherwise it was there already, and nothing of it is destroyed. */
  readonly owned: boolean;
  /** Whether nothing in the stack says what it is: only its id is known. */
  readonly foreign: boolean;
  /** Whether it is what an earlier apply has replaced and not destroyed. */
  readonly deposed: boolean;
  /** Whether somebody deleted it outside of Terraform; its effect is `replace` then, where the plan makes it anew. */
  readonly deletedByHand: boolean;
  /** What happens to the application itself; `none` for one that is only looked up. */
  readonly effect: Effect;
  /** As Entra lists it; the address where a plan does not know the name yet. */
  readonly displayName: string;
  /** Undefined before it is created. */
  readonly clientId: string | undefined;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

const APPLICATIONS: ReadonlySet<string> = new Set(['azuread_application', 'azuread_application_registration']);
const SERVICE_PRINCIPAL = 'azuread_service_principal';
const REMOTE_STATE = 'terraform_remote_state';

/** The applications of a plan, and to which of them its other resources belong. */
export class PlannedApplications {
  /** Without those that the stack does not know. */
  readonly all: readonly PlannedApplication[];

  /** Applications and service principals, by address. */
  readonly #byAddress = new Map<string, PlannedApplication>();
  /** By address without instance keys, as expressions refer to them. */
  readonly #byReference = new Map<string, Set<PlannedApplication>>();
  readonly #byClientId = new ById<PlannedApplication>();
  /** By `/applications/<object id>`, and by the ids of the service principal. */
  readonly #byId = new ById<PlannedApplication>();
  /** Ids that another stack has told to this one. */
  readonly #elsewhere = new ById<true>();
  readonly #foreign = new ById<PlannedApplication>();
  /** Addresses of what the apply makes, without instance keys. */
  readonly #made: ReadonlySet<string>;

  constructor(readonly plan: Plan) {
    const deleted = new Map(
      plan.drift.filter(({ effect }) => effect === 'destroy').map((change) => [change.address, change] as const),
    );
    const owned = plan.changes
      .filter(({ managed, type }) => managed && APPLICATIONS.has(type))
      .map((change) => ownedApplication(change, deleted.get(change.address)));
    const found = [...plan.dataSources].filter(([address]) => dataSourceType(address) === 'azuread_application');
    this.all = [...owned, ...found.map(([address, values]) => foundApplication(address, values))];
    this.#made = new Set(plan.changes.filter(isMade).map(({ address }) => withoutInstanceKeys(address)));
    for (const application of this.all) this.#index(application);
    for (const [address, values] of plan.dataSources) this.#indexDataSource(address, values);
    for (const change of plan.changes) {
      if (change.managed && change.type === SERVICE_PRINCIPAL) this.#indexPrincipal(change);
    }
  }

  /**
   * The application that a resource belongs to: by the id that its attribute holds, or, before there is one, by what the
   * attribute refers to. What will be counts; what was, where it goes.
   *
   * @param attribute `application_id`, `principal_object_id`, …
   * @returns undefined where another stack has it; a foreign one where nothing says what the id stands for
   */
  of(change: ResourceChange, attribute: string): PlannedApplication | undefined {
    const isLeaving = change.effect === 'destroy' || change.effect === 'forget';
    return isLeaving ? this.before(change, attribute) : this.#after(change, attribute);
  }

  /** The one that it belonged to. Another stack may have told its id at that time: so it is never a foreign one. */
  before(change: ResourceChange, attribute: string): PlannedApplication | undefined {
    const [was, willBe] = [change.before[attribute], change.after[attribute]];
    if (change.effect === 'none' || (was !== undefined && was === willBe)) return this.#after(change, attribute);
    const id = textOf(was);
    return id === undefined || id === '' ? this.#referred(change, attribute) : this.#known(id);
  }

  /** The application that the resource itself is, or whose service principal it is. */
  at({ address }: ResourceChange): PlannedApplication | undefined {
    return this.#byAddress.get(address);
  }

  /** Whether an id is not known only because the same apply makes what it refers to, and nothing else has a part in it. */
  isOfMade(change: ResourceChange, attribute: string): boolean {
    const value = textOf(this.#expression(change, attribute).constant_value);
    if (value !== undefined && !/^(?:api:\/\/)?\$\{[\w.[\]"-]+\}$/.test(value)) return false;
    const module = modulePrefix(change.address);
    const resources = new Set(this.#references(change, attribute).map((reference) => resourceOf(module + reference)));
    const [resource, ...others] = resources;
    return resource !== undefined && others.length === 0 && this.#made.has(resource);
  }

  #after(change: ResourceChange, attribute: string): PlannedApplication | undefined {
    const id = textOf(change.after[attribute]);
    if (id === undefined || id === '') return this.#referred(change, attribute);
    return this.#known(id) ?? (this.#elsewhere.has(id) ? undefined : this.#foreignOf(id, attribute));
  }

  #known(id: string): PlannedApplication | undefined {
    return this.#byId.get(id) ?? this.#byClientId.get(id);
  }

  #foreignOf(id: string, attribute: string): PlannedApplication {
    const application = this.#foreign.get(id) ?? foreignApplication(id, attribute);
    this.#foreign.set(id, application);
    return application;
  }

  #index(application: PlannedApplication): void {
    for (const { client_id: clientId, id } of [application.before, application.after]) {
      if (typeof clientId === 'string') this.#byClientId.set(clientId, application);
      if (typeof id === 'string') this.#byId.set(id, application);
    }
    // The live one has the address.
    if (!application.deposed) this.#indexAddress(application.address, application);
  }

  #indexAddress(address: string, application: PlannedApplication): void {
    this.#byAddress.set(address, application);
    const reference = withoutInstanceKeys(address);
    this.#byReference.set(reference, (this.#byReference.get(reference) ?? new Set()).add(application));
  }

  #indexPrincipal(change: ResourceChange): void {
    const application = this.of(change, 'client_id');
    const ids = [change.before, change.after].flatMap(({ id, object_id: objectId }) => textsOf([id, objectId]));
    if (application !== undefined && !change.deposed) this.#indexAddress(change.address, application);
    for (const id of ids) {
      if (application === undefined) this.#elsewhere.set(id, true);
      else this.#byId.set(id, application);
    }
  }

  #indexDataSource(address: string, values: JsonObject): void {
    const type = dataSourceType(address);
    if (type === REMOTE_STATE) for (const id of textsIn(values.outputs)) this.#elsewhere.set(id, true);
    if (type !== SERVICE_PRINCIPAL) return;
    const application = this.#byClientId.get(textOf(values.client_id) ?? '');
    if (application === undefined) return;
    for (const id of textsOf([values.id, values.object_id])) this.#byId.set(id, application);
  }

  #expression(change: ResourceChange, attribute: string): JsonObject {
    return objectOf(this.plan.expressions.get(withoutInstanceKeys(change.address))?.[attribute]);
  }

  #references(change: ResourceChange, attribute: string): readonly string[] {
    return textsOf(this.#expression(change, attribute).references);
  }

  /** Of several instances, the one that is named, or else the one of the same key. */
  #referred(change: ResourceChange, attribute: string): PlannedApplication | undefined {
    const module = modulePrefix(change.address);
    const keys = instanceKeys(change.address);
    for (const reference of this.#references(change, attribute)) {
      const named = this.#byAddress.get(module + reference) ?? this.#byAddress.get(module + reference + keys);
      if (named !== undefined) return named;
      const [only, ...others] = this.#byReference.get(withoutInstanceKeys(module + reference)) ?? [];
      if (only !== undefined && others.length === 0) return only;
    }
    return undefined;
  }
}

function isMade({ effect, managed }: ResourceChange): boolean {
  return managed && (effect === 'create' || effect === 'replace');
}

/** `azuread_application.a` of `azuread_application.a["x"].client_id`. */
function resourceOf(reference: string): string {
  const whole = withoutInstanceKeys(reference);
  return /^(?:module\.[^.]+\.)*(?:data\.)?[^.]+\.[^.]+/.exec(whole)?.[0] ?? whole;
}

/** What an earlier apply left behind has the name of the live one: people have to tell them apart. */
function ownedApplication(change: ResourceChange, deleted: ResourceChange | undefined): PlannedApplication {
  const { address, after, deposed } = change;
  const deletedByHand = deleted !== undefined && change.effect === 'create';
  const before = deletedByHand ? deleted.before : change.before;
  const name = textOf(after.display_name) ?? textOf(before.display_name) ?? address;
  return {
    address,
    owned: true,
    foreign: false,
    deposed,
    deletedByHand,
    effect: deletedByHand ? 'replace' : change.effect,
    displayName: deposed ? `${name} (deposed)` : name,
    clientId: textOf(before.client_id) ?? textOf(after.client_id),
    before,
    after,
  };
}

function foundApplication(address: string, values: JsonObject): PlannedApplication {
  return {
    ...{ address, owned: false, foreign: false, deposed: false, deletedByHand: false, effect: 'none' },
    displayName: textOf(values.display_name) ?? address,
    clientId: textOf(values.client_id),
    before: values,
    after: values,
  };
}

function foreignApplication(id: string, attribute: string): PlannedApplication {
  const noun = attribute.includes('principal') ? 'principal' : 'application';
  return {
    ...{ address: id, owned: false, foreign: true, deposed: false, deletedByHand: false, effect: 'none' },
    displayName: `${noun} ${id.replace(/^\/\w+\//, '')}`,
    ...{ clientId: undefined, before: {}, after: {} },
  };
}

/** `azuread_application` of `module.m.data.azuread_application.a`. */
function dataSourceType(address: string): string | undefined {
  return /(?:^|\.)data\.([^.]+)\.[^.]+$/.exec(withoutInstanceKeys(address))?.[1];
}
