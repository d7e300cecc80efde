import fc from 'fast-check';
import { asksForCdktfCli, packageJsonOf, withTerminalOverride } from '../../lib/engine/package-override';
import { TERMINAL_MODULE, TERMINAL_REPLACEMENT } from '../../lib/engine/terminal-module';
import { thrownBy } from '../support/thrown';
import { removeWorkplaces, Workplace } from '../support/cli';

afterAll(removeWorkplaces);

const FILE = '/project/package.json';

describe('withTerminalOverride', () => {
  it.each([
    ['{}', `{\n  "overrides": {\n    "${TERMINAL_MODULE}": "${TERMINAL_REPLACEMENT}"\n  }\n}`],
    [
      '{\r\n\t"name": "x",\r\n\t"files": [ "a" ]\r\n}\r\n',
      `{\r\n\t"name": "x",\r\n\t"files": [ "a" ],\r\n\t"overrides": {\r\n\t\t"${TERMINAL_MODULE}": "${TERMINAL_REPLACEMENT}"\r\n\t}\r\n}\r\n`,
    ],
    [
      '\uFEFF{\n    "overrides": {\n        "a": "1"\n    }\n}\n',
      `\uFEFF{\n    "overrides": {\n        "a": "1",\n        "${TERMINAL_MODULE}": "${TERMINAL_REPLACEMENT}"\n    }\n}\n`,
    ],
  ])('writes the override as the file is written: %j', (before, after) => {
    expect(withTerminalOverride(before, FILE)).toBe(after);
  });

  it.each([
    { [TERMINAL_MODULE]: '1.0.0' },
    { [`${TERMINAL_MODULE}@^0.10`]: '1.0.0' },
    { 'cdktf-cli': { [TERMINAL_MODULE]: 'npm:other@1' } },
  ])('leaves what somebody has decided: %j', (overrides) => {
    expect(withTerminalOverride(JSON.stringify({ overrides }), FILE)).toBeUndefined();
  });

  it('adds the override and changes nothing else, whatever is there', () => {
    const name = fc.string().filter((text) => text !== '__proto__');
    const overrides = fc.dictionary(name, fc.string());
    const content = fc.dictionary(name, fc.jsonValue());
    const indents = fc.constantFrom(undefined, 2, 4, '\t');
    fc.assert(
      fc.property(content, fc.option(overrides, { nil: undefined }), indents, (others, present, indent) => {
        const before = { ...others, overrides: present };
        const after = withTerminalOverride(JSON.stringify(before, undefined, indent), FILE) ?? '';
        expect(JSON.parse(after)).toEqual({
          ...JSON.parse(JSON.stringify(before)),
          overrides: { ...present, [TERMINAL_MODULE]: TERMINAL_REPLACEMENT },
        });
        expect(withTerminalOverride(after, FILE)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['{\n  // why\n}', 2],
    ['{\n  "a": 1,\n}', 3],
    ['{ "a": 1', 1],
    ['', 1],
    ['[]', 1],
    ['{\n "overrides": "x" }', 2],
    ['<<<<<<< HEAD\n{}', 1],
  ])('fails with package-json-unreadable and the line of %j', (text, line) => {
    expect(thrownBy(() => withTerminalOverride(text, FILE))).toMatchObject({
      code: 'package-json-unreadable',
      subject: `${FILE}:${line}`,
    });
  });
});

describe('asksForCdktfCli', () => {
  it.each([
    [{ dependencies: { 'cdktf-cli': '^0.21.0' } }, true],
    [{ devDependencies: { 'cdktf-cli': '^0.21.0' } }, true],
    [{ dependencies: { cdktf: '^0.21.0' } }, false],
    [{}, false],
  ])('%j: %s', (content, expected) => {
    expect(asksForCdktfCli(JSON.stringify(content))).toBe(expected);
  });
});

describe('packageJsonOf', () => {
  it('finds the nearest one above, as npm does, or names the place for one', () => {
    const workplace = new Workplace(null);
    workplace.write('infra/vb365/vb365.yaml', '');
    expect(packageJsonOf(workplace.path('infra/vb365'))).toBe(workplace.path('infra/vb365/package.json'));
    workplace.write('package.json', '{}');
    expect(packageJsonOf(workplace.path('infra/vb365'))).toBe(workplace.path('package.json'));
    workplace.write('infra/package.json', '{}');
    expect(packageJsonOf(workplace.path('infra/vb365'))).toBe(workplace.path('infra/package.json'));
  });
});
