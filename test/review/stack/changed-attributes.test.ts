import { changedPaths, unknownPaths } from '../../../lib/review/stack/changed-attributes';
import type { ResourceChange } from '../../../lib/plan/plan';

function change(values: Partial<ResourceChange>): ResourceChange {
  return {
    ...{ address: 'a.b', managed: true, type: 'a', effect: 'update', imported: false, deposed: false },
    ...{ before: {}, after: {}, unknown: {} },
    ...values,
  };
}

describe('changedPaths', () => {
  it.each([
    ['a value', { name: 'old' }, { name: 'new' }, ['name']],
    [
      'a value of a nested block',
      { web: [{ grant: [{ on: false }] }] },
      { web: [{ grant: [{ on: true }] }] },
      ['web.grant.on'],
    ],
    ['a block that goes', { web: [{ uris: ['a'], url: '' }] }, { web: [] }, ['web.uris']],
    [
      'one of several blocks',
      { scopes: [{ on: true }, { on: false }] },
      { scopes: [{ on: false }, { on: false }] },
      ['scopes'],
    ],
    ['the order of a set', { uris: ['a', 'b'] }, { uris: ['b', 'a'] }, []],
    [
      'nothing for another nothing',
      { a: null, b: '', c: [], d: [{}], e: {} },
      { a: '', b: [], c: null, d: [], e: false },
      [],
    ],
  ])('tells %s', (_, before, after, paths) => {
    expect(changedPaths(change({ before, after }))).toEqual(paths);
  });

  it('tells every value at creation, and none of what goes or stays', () => {
    const values = { before: { name: 'old' }, after: { name: 'new', other: null } };
    expect(changedPaths(change({ ...values, effect: 'create' }))).toEqual(['name']);
    for (const effect of ['none', 'destroy', 'forget'] as const)
      expect(changedPaths(change({ ...values, effect }))).toEqual([]);
  });

  it('leaves out what is known only after the apply, which is told apart', () => {
    const unknown = { id: true, web: [{ uris: true, on: false }], roles: [false, true] };
    const partly = change({
      before: { id: 'x', web: [{ uris: ['a'], on: true }] },
      after: { web: [{ on: false }] },
      unknown,
    });
    expect(changedPaths(partly)).toEqual(['web.on']);
    expect(unknownPaths(partly)).toEqual(['id', 'web.uris', 'roles']);
    expect(unknownPaths({ ...partly, effect: 'none' })).toEqual([]);
  });
});
