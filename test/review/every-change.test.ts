import fc from 'fast-check';
import { normalText } from '../../lib/plan/json-values';
import { knownType } from '../../lib/review/stack/own-types';
import { type Attributes, type RawChange, type RawPlan, rawPlan, recordedNames, reviewRaw } from './recorded-plan';

/** A way in which an attribute of a resource can change. */
type Mutation = 'another value' | 'replaced' | 'unknown' | 'taken away';

interface Case {
  readonly plan: string;
  readonly address: string;
  readonly attribute: string;
  readonly mutation: Mutation;
}

const MUTATIONS: readonly Mutation[] = ['another value', 'replaced', 'unknown', 'taken away'];

/** In these, the application goes or is made anew: that is said, and of its parts nothing. */
const ENDINGS = /^(?:application-replaced|organization-destroyed)$/;

function casesOf(name: string): Case[] {
  const plan = rawPlan(name);
  return plan.resource_changes.flatMap((resource) =>
    Object.keys(resource.change.after ?? {}).flatMap((attribute) =>
      MUTATIONS.filter((mutation) => isPossible(plan, resource, attribute, mutation)).map((mutation) => ({
        ...{ plan: name, address: resource.address, attribute, mutation },
      })),
    ),
  );
}

/** What Terraform could say of an attribute: the provider sets some itself, and what is not configured is not asked for. */
function isPossible(plan: RawPlan, resource: RawChange, attribute: string, mutation: Mutation): boolean {
  const type = knownType(resource);
  const { actions, after, before } = resource.change;
  if (type === undefined || resource.mode !== 'managed' || type.computed.includes(attribute)) return false;
  const isCreated = actions.join() === 'create';
  if (mutation === 'another value' && type.harmless?.[attribute] === another(after?.[attribute], attribute))
    return false;
  const isRequired = [type.holder, ...(type.references ?? []), 'sign_in_audience'].includes(attribute);
  if (mutation === 'taken away') {
    return !isRequired && [before, after].every((values) => normalText(values?.[attribute]) !== '');
  }
  if (mutation === 'unknown')
    return /^(?:no-op|update)$/.test(actions.join()) || isConfigured(plan, resource, attribute);
  return !isCreated || (mutation === 'another value' && type.atCreation?.includes(attribute) !== true);
}

function isConfigured(plan: RawPlan, { address }: RawChange, attribute: string): boolean {
  const { root_module: module } = plan.configuration as { root_module: { resources: Attributes[] } };
  const expressions = module.resources.find((resource) => resource.address === address)?.expressions;
  return typeof expressions === 'object' && expressions !== null && attribute in expressions;
}

function mutate(plan: RawPlan, { address, attribute, mutation }: Case): void {
  const change = plan.resource_changes.find((resource) => resource.address === address)!.change;
  if (change.actions.join() === 'no-op') change.actions = ['update'];
  if (mutation === 'replaced') change.actions = ['delete', 'create'];
  const value = change.after?.[attribute];
  change.after = { ...change.after, [attribute]: mutation === 'taken away' ? null : another(value, attribute) };
  if (mutation !== 'unknown') return;
  change.after = { ...change.after, [attribute]: undefined };
  change.after_unknown = { ...change.after_unknown, [attribute]: true };
}

function another(value: unknown, attribute: string): unknown {
  if (typeof value === 'boolean') return !value;
  const isList = /_(?:ids|values|uris)$/.test(attribute);
  if (isList) return [...(Array.isArray(value) ? value.map(String) : []), 'another'];
  return Array.isArray(value) ? [{ another: 'another' }] : 'another';
}

describe('every attribute of every plan', () => {
  const cases = recordedNames.filter((name) => !ENDINGS.test(name)).flatMap(casesOf);
  const said = new Map(recordedNames.map((name) => [name, JSON.stringify(reviewRaw(rawPlan(name), name).findings)]));

  it('is there to be changed', () => {
    expect(cases.length).toBeGreaterThan(3_000);
  });

  it('cannot change without a word', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), (one) => {
        const plan = rawPlan(one.plan);
        mutate(plan, one);
        expect(JSON.stringify(reviewRaw(plan, one.plan).findings)).not.toBe(said.get(one.plan));
      }),
      { numRuns: 100 },
    );
  });
});
