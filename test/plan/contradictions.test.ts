import fc from 'fast-check';
import { readPlan } from '../../lib/plan/plan';
import { rawPlan, type RawPlan, recordedNames } from '../review/recorded-plan';

interface Planned {
  readonly root_module: { resources: { address: string; values: Record<string, unknown> }[] };
}

function contradictionsAfter(
  name: string,
  edit: (plan: RawPlan, planned: Planned['root_module']) => void,
): readonly string[] {
  const plan = rawPlan(name);
  edit(plan, (plan.planned_values as Planned).root_module);
  return readPlan(plan, name).contradictions;
}

const NAME = 'nothing-changed';

describe('contradictions', () => {
  it.each(recordedNames)('are none in %s, as Terraform has made it', (name) => {
    expect(readPlan(rawPlan(name), name).contradictions).toEqual([]);
  });

  it('are planned values that the changes do not tell, whichever attribute it is', () => {
    const { resources } = (rawPlan(NAME).planned_values as Planned).root_module;
    const attributes = resources.flatMap(({ address, values }) => Object.keys(values).map((key) => ({ address, key })));
    fc.assert(
      fc.property(fc.constantFrom(...attributes), ({ address, key }) => {
        const found = contradictionsAfter(NAME, (_, planned) => {
          const resource = planned.resources.find((one) => one.address === address);
          if (resource !== undefined) resource.values[key] = 'another value';
        });
        expect(found).toEqual([`${address} has another ${key} among the planned values`]);
      }),
    );
  });

  it('are resources that the changes leave out', () => {
    const found = contradictionsAfter(NAME, (plan) => {
      plan.resource_changes = plan.resource_changes.filter(({ type }) => type !== 'azuread_service_principal');
    });
    expect(found).toEqual([
      expect.stringMatching(/^azuread_service_principal\..* stands among the planned values alone$/),
    ]);
  });

  it.each([
    ['no-op', 'is said to stay, with other values'],
    ['create', 'is said to be created, and to be there'],
    ['delete', 'is said to be destroyed, and to stay'],
    ['read', 'is said to be read, and is no data source'],
  ])('are values that the action %s denies', (action, what) => {
    const found = contradictionsAfter(NAME, (plan) => {
      const change = plan.resource_changes.find(({ type }) => type === 'azuread_application')?.change;
      if (change === undefined) return;
      change.actions = [action];
      change.after = { ...change.after, ...(action === 'no-op' && { notes: 'another' }) };
    });
    expect(found).toEqual([expect.stringContaining(what)]);
  });

  it('are none where the changes tell more than the values', () => {
    const found = contradictionsAfter(NAME, (plan) => {
      for (const { change, type } of plan.resource_changes) {
        if (type !== 'azuread_application') continue;
        change.actions = ['update'];
        change.after = { ...change.after, notes: 'another' };
      }
    });
    expect(found).toEqual([]);
  });
});
