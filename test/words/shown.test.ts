import { shown } from '../../lib/words/shown';

describe('shown', () => {
  it.each([
    ['a "b"', '"a \\"b\\""'],
    ['a\nb', '"a\\nb"'],
    ['a\u202eb', '"a\\u202eb"'],
    ['a\u200bb', '"a\\u200bb"'],
    ['a\u{e0041}b', '"a\\udb40\\udc41b"'],
    ['ü🔒', '"ü🔒"'],
    ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
  ])('writes %j so that everything in it can be seen', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});
