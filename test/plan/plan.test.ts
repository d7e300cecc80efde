import fc from 'fast-check';
import { Vb365Error } from '../../lib/errors';
import { expectedAfter, readPlan, type ResourceChange } from '../../lib/plan/plan';
import { thrownBy } from '../support/thrown';
import { rawPlan, recordedNames, reviewRaw } from '../review/recorded-plan';

const EMPTY = { format_version: '1.2', resource_changes: [] };

function resource(change: unknown): unknown {
  return { ...EMPTY, resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', change }] };
}

describe('readPlan', () => {
  it.each([
    ['null', null, 'plan-malformed', 'no format_version'],
    ['a list', [EMPTY], 'plan-malformed', 'no format_version'],
    ['an empty object', {}, 'plan-malformed', 'no format_version'],
    ['a state', { format_version: '1.0', values: { root_module: {} } }, 'plan-malformed', 'a state, and not a plan'],
    [
      'changes that are no list',
      { ...EMPTY, resource_changes: {} },
      'plan-malformed',
      'resource_changes is not a list',
    ],
    ['drift that is no list', { ...EMPTY, resource_drift: 1 }, 'plan-malformed', 'resource_drift is not a list'],
    ['a change that is nothing', { ...EMPTY, resource_changes: [null] }, 'plan-malformed', 'resource_changes[0]'],
    ['actions that nobody knows', resource({ actions: ['explode'] }), 'plan-malformed', 'resource_changes[0]'],
    ['actions that are no texts', resource({ actions: [{ toString: 1 }] }), 'plan-malformed', 'resource_changes[0]'],
    ['a format of the future', { ...EMPTY, format_version: '2.0' }, 'plan-format-unsupported', '"2.0"'],
    ['a format before 1', { ...EMPTY, format_version: '0.2' }, 'plan-format-unsupported', '"0.2"'],
  ])('refuses %s', (_, json, code, words) => {
    const error = thrownBy(() => readPlan(json, 'plan.json'));
    expect(error?.code).toBe(code);
    expect(error?.subject).toBe('plan.json');
    expect(error?.message).toContain(words);
  });

  it.each(['1.0', '1.2', '1.99'])('reads format %s', (version) => {
    expect(readPlan({ ...EMPTY, format_version: version }, 'plan').changes).toEqual([]);
  });

  it('reads a plan of an older Terraform, which does not say whether it is complete, as complete', () => {
    expect(readPlan(EMPTY, 'plan')).toMatchObject({ complete: true, errored: false });
  });

  it.each([
    [['no-op'], 'none'],
    [['create'], 'create'],
    [['delete'], 'destroy'],
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
    [['create', 'forget'], 'replace'],
    [['forget', 'create'], 'replace'],
    [['forget'], 'forget'],
  ])('reads the actions %j as %s', (actions, effect) => {
    expect(readPlan(resource({ actions }), 'plan').changes[0]?.effect).toBe(effect);
  });

  it('knows the expressions of a resource in a module by its full address', () => {
    const inner = { resources: [{ address: 'a.b', expressions: { name: { constant_value: 'x' } } }] };
    const outer = { module_calls: { one: { module: { module_calls: { two: { module: inner } } } } } };
    const { expressions } = readPlan({ ...EMPTY, configuration: { root_module: outer } }, 'plan');
    expect(expressions.get('module.one.module.two.a.b')).toEqual({ name: { constant_value: 'x' } });
  });

  it('refuses a plan that is nested without end, and does not overflow', () => {
    const text = `${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    const error = thrownBy(() => readPlan({ ...EMPTY, variables: JSON.parse(text) as unknown }, 'plan'));
    expect(error?.message).toContain('nested deeper');
  });

  it('reads whatever is JSON, or says in its own words that it cannot', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (json) => {
        const plan = { ...EMPTY, resource_changes: json, configuration: json, prior_state: json, output_changes: json };
        for (const candidate of [json, plan]) {
          expect(() => thrownBy(() => readPlan(candidate, 'plan'))).not.toThrow();
        }
      }),
    );
  });
});

describe('expectedAfter', () => {
  const change: ResourceChange = {
    address: 'a.b',
    managed: true,
    type: 'a',
    effect: 'update',
    imported: false,
    deposed: false,
    before: { list: ['one'], name: 'old' },
    after: { name: 'new' },
    unknown: { list: true },
  };

  it('takes what is not known yet for what it was', () => {
    expect(expectedAfter(change)).toEqual({ list: ['one'], name: 'new' });
  });

  it('takes a list of which a part is not known for both', () => {
    const partly = { ...change, after: { list: ['two'] }, unknown: { list: [false, true] } };
    expect(expectedAfter(partly).list).toEqual(['two', 'one']);
  });

  it('knows of what takes the place of another only what the plan says', () => {
    const replaced: ResourceChange = { ...change, effect: 'replace', after: {}, unknown: { list: true, name: true } };
    expect(expectedAfter(replaced)).toEqual({ list: ['one'] });
  });

  it('keeps what Terraform lets go of', () => {
    expect(expectedAfter({ ...change, effect: 'forget', after: {} })).toEqual(change.before);
  });
});

describe('reviewStack', () => {
  const texts = new Map(recordedNames.map((name) => [name, JSON.stringify(rawPlan(name))]));

  /** Puts a value in the place of another one; the path tells at each step which of the entries it takes. */
  function replaceSomewhere(json: unknown, path: readonly number[], value: unknown): void {
    let here: unknown = json;
    for (const [index, step] of path.entries()) {
      if (typeof here !== 'object' || here === null) return;
      const keys = Object.keys(here);
      const key = keys[step % keys.length];
      if (key === undefined) return;
      const below: unknown = Reflect.get(here, key);
      if (index === path.length - 1 || typeof below !== 'object' || below === null) {
        Reflect.set(here, key, value);
        return;
      }
      here = below;
    }
  }

  it('says something of every plan that is damaged anywhere, or refuses it in its own words', () => {
    const damages = fc.array(fc.tuple(fc.array(fc.nat(), { minLength: 2, maxLength: 9 }), fc.jsonValue()), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.constantFrom(...recordedNames), damages, (name, edits) => {
        const plan: unknown = JSON.parse(texts.get(name) ?? '');
        for (const [path, value] of edits) replaceSomewhere(plan, path, value);
        try {
          expect(Array.isArray(reviewRaw(plan, name).findings)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Vb365Error);
        }
      }),
      { numRuns: 150 },
    );
  });
});
