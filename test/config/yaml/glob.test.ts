import { symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expandGlob, isGlob } from '../../../lib/config/yaml/glob';
import { removeFiles, writeFiles } from '../write-files';

let folder: string;

beforeEach(() => {
  folder = dirname(
    writeFiles({
      'vb365.yaml': '',
      'a/b.yaml': '',
      'a/Z.yaml': '',
      'a/ä.yaml': '',
      'a/c/d.yaml': '',
      'a/.e.yaml': '',
      'a/.f/g.yaml': '',
      'a(1)/h.yaml': '',
      'a/c/i.json': '',
    }),
  );
});

afterEach(removeFiles);

function matches(pattern: string): string[] {
  return expandGlob(folder, pattern).map((path) => relative(folder, path));
}

describe('expandGlob', () => {
  it.each([
    ['*.yaml', ['vb365.yaml']],
    ['a/*.yaml', ['a/Z.yaml', 'a/b.yaml', 'a/ä.yaml']],
    ['./a/*.yaml', ['a/Z.yaml', 'a/b.yaml', 'a/ä.yaml']],
    ['a/c/../*.yaml', ['a/Z.yaml', 'a/b.yaml', 'a/ä.yaml']],
    ['a/.*.yaml', ['a/.e.yaml']],
    ['a(1)/*', ['a(1)/h.yaml']],
    ['*/d.yaml', []],
    ['*/*/d.yaml', ['a/c/d.yaml']],
    ['**/d.yaml', ['a/c/d.yaml']],
    ['**/**/d.yaml', ['a/c/d.yaml']],
    ['a/**', ['a/Z.yaml', 'a/b.yaml', 'a/c/d.yaml', 'a/c/i.json', 'a/ä.yaml']],
    ['**/c/*', ['a/c/d.yaml', 'a/c/i.json']],
    ['none/*', []],
    ['vb365.yaml/*', []],
  ])('finds by %s %j', (pattern, expected) => {
    expect(matches(pattern)).toEqual(expected);
  });

  it('takes an absolute pattern', () => {
    expect(expandGlob('/nowhere', `${folder}/*.yaml`)).toEqual([join(folder, 'vb365.yaml')]);
  });

  it('follows a link to a file, but goes in no circle', () => {
    symlinkSync(folder, join(folder, 'a', 'circle'));
    symlinkSync(join(folder, 'a', 'b.yaml'), join(folder, 'link.yaml'));
    expect(matches('*.yaml')).toEqual(['link.yaml', 'vb365.yaml']);
    expect(matches('**/d.yaml')).toEqual(['a/c/d.yaml']);
  });
});

describe('isGlob', () => {
  it('knows a pattern by its asterisk', () => {
    expect([isGlob('a/*.yaml'), isGlob('a/b.yaml')]).toEqual([true, false]);
  });
});
