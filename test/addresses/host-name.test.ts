import fc from 'fast-check';
import { isIpv4Address, parseHostName } from '../../lib/addresses/host-name';
import { codeOf } from './code-of';

describe('parseHostName', () => {
  it.each([
    ['vb365.example.com', 'vb365.example.com'],
    ['VB365.Example.COM', 'vb365.example.com'],
    ['vb365', 'vb365'],
    ['vb365.example.com.', 'vb365.example.com'],
    ['portäl.example.com', 'xn--portl-jra.example.com'],
    ['a。example。com', 'a.example.com'],
    ['203.0.113.10', '203.0.113.10'],
    ['10.0.0.1', '10.0.0.1'],
    ['3com.example', '3com.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('reads %j as %j', (text, canonical) => {
    expect(parseHostName(text)).toBe(canonical);
  });

  it.each([
    ['', 'host-name-invalid'],
    ['.', 'host-name-invalid'],
    ['a..b', 'host-name-invalid'],
    ['a.b..', 'host-name-invalid'],
    ['vb_365', 'host-name-invalid'],
    ['-vb365', 'host-name-invalid'],
    ['vb365-', 'host-name-invalid'],
    ['vb 365', 'host-name-invalid'],
    ['vb365\t', 'host-name-invalid'],
    ['vb%33', 'host-name-invalid'],
    ['*.example.com', 'host-name-invalid'],
    ['::1', 'host-name-invalid'],
    ['vb365:4443', 'host-name-invalid'],
    ['xn--a', 'host-name-invalid'],
    ['１２７．０．０．１', 'host-name-invalid'],
    [`${'a'.repeat(64)}.example`, 'host-name-too-long'],
    [Array.from({ length: 64 }, () => 'abc').join('.'), 'host-name-too-long'],
    ['2130706433', 'host-name-numeric'],
    ['0x7f.1', 'host-name-numeric'],
    ['0177.0.0.1', 'host-name-numeric'],
    ['256.1.1.1', 'host-name-numeric'],
    ['1.2.3', 'host-name-numeric'],
  ])('refuses %j with %s', (text, code) => {
    expect(codeOf(() => parseHostName(text))).toBe(code);
  });

  it('gives a form that reads as itself, or a coded error, for whatever text', () => {
    const part = fc.constantFrom(
      'a',
      'Z',
      '1',
      '0x',
      '-',
      '.',
      '。',
      'ü',
      'ß',
      'xn--',
      '_',
      '%',
      ' ',
      '\u00ad',
      '１',
      '\u200d',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const outcome = codeOf(() => parseHostName(given));
        if (outcome !== undefined) return outcome.startsWith('host-name-');
        const canonical = parseHostName(given);
        return parseHostName(canonical) === canonical && /^[a-z0-9.-]+$/.test(canonical);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('isIpv4Address', () => {
  it.each([
    ['0.0.0.0', true],
    ['255.255.255.255', true],
    ['255.255.255.256', false],
    ['1.2.3.04', false],
    ['1.2.3', false],
    ['1.2.3.4.5', false],
  ])('says of %s that it is one: %s', (text, expected) => {
    expect(isIpv4Address(text)).toBe(expected);
  });
});
