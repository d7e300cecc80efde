import fc from 'fast-check';
import { chartText, codeSpan, prose } from '../../../lib/review/document/markdown-text';
import { elementsOf, rendered, textOf, textOutsideCode } from '../rendered';

const HOSTILE = [
  '@everyone look',
  'owner/repo#1 and GH-1, #1, !1, ~label, ABC-123',
  '0123456789abcdef and deadbeef and DEADBEEF.',
  'https://evil.example.com/ www.evil.example.com me@example.com',
  '[click](https://evil.example.com) ![x](https://evil.example.com/x.png) <https://evil.example.com>',
  '<img src=x onerror=alert(1)><script>alert(1)</script><!-- comment',
  '</details></summary> &lt;b&gt; &#64;name',
  '| cell | cell |',
  '`` ` ``` `code` \\` \\',
  '**bold** _italic_ ~~gone~~ :smile: $x$ [^1] - [ ] task',
  '"quoted `tick` | bar" ("open',
  'line\n# heading\r\n> quote\n```\nfence\u2028next\u0000',
  '/close',
  '1. one',
  '- one',
  '2) two',
  '=== x',
  '\u202Ereversed\u202C zero\u200Bwidth \uFEFF\u00AD',
];

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom(...Array.from('`|<>[]()!*_~\\"\'#@&:;/.- \nab0')), { maxLength: 30 })
    .map((letters) => letters.join('')),
);

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('codeSpan', () => {
  it('makes one element of whatever text, alone and in a table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(elementsOf(rendered(`x ${codeSpan(text)} y`))).toEqual(['p', 'code']);
        const table = rendered(`| a | b |\n| --- | --- |\n| ${codeSpan(text)} | c |`);
        expect(elementsOf(table).filter((name) => !/^(?:table|thead|tbody|tr|th)$/.test(name))).toEqual([
          'td',
          'code',
          'td',
        ]);
        expect(codeSpan(text)).not.toMatch(INVISIBLE);
      }),
    );
  });

  it('shows a name as it is', () => {
    expect(textOf(rendered(codeSpan('VB365 <contoso> & "co"'))).trim()).toBe('VB365 <contoso> & "co"');
  });

  it('shows what nobody would see', () => {
    expect(codeSpan('a\u202Eb`c|d\u200B')).toBe('`a\\u{202e}b\\u{60}c\\u{7c}d\\u{200b}`');
  });

  it('cuts what says nothing more', () => {
    expect(codeSpan('x'.repeat(1_000)).length).toBeLessThan(130);
  });
});

describe('prose', () => {
  it('makes nothing but code of whatever text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(prose(text) !== '');
        const elements = elementsOf(rendered(`- ${prose(text)}`));
        expect(elements.filter((name) => name !== 'code')).toEqual(['ul', 'li']);
        expect(prose(text)).not.toMatch(INVISIBLE);
      }),
    );
  });

  it('leaves no mention, reference, address or commit outside of code', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const outside = textOutsideCode(rendered(`- x: ${prose(text)}`));
        expect(outside).not.toMatch(/[@#<>[\]~$&`*_\\|/]|\b[0-9a-f]{7,}\b|[A-Z]+-\d|\w[.:]\w/i);
      }),
    );
  });

  it.each([
    [
      'the application VB365 contoso is destroyed, with its credentials',
      'the application VB365 contoso is destroyed, with its credentials',
    ],
    ['run "vb365 renew", then apply (or wait)', 'run `vb365 renew`, then apply (or wait)'],
    ['Directory.Read.All (application), until 2027-01-31.', '`Directory.Read.All` (application), until 2027-01-31.'],
    ['contoso/entra-application 0002: 0001 → 0002', '`contoso/entra-application` 0002: 0001 → 0002'],
    ["it is the product’s, isn't it?", "it is the product’s, isn't it?"],
    ['', ''],
  ])('writes %j as %j', (sentence, written) => {
    expect(prose(sentence)).toBe(written);
  });
});

describe('a sentence that goes on for ever', () => {
  it('says how many words it leaves out', () => {
    const said = prose(Array.from({ length: 400 }, (_, index) => `word${index}`).join(' '));
    const last = Number(/word(\d+) … and/.exec(said)?.[1]);
    expect(said).toMatch(new RegExp(`word${last} … and ${399 - last} more words$`));
    expect(said.length).toBeLessThan(750);
  });
});

describe('chartText', () => {
  it('leaves letters, digits and a few signs: none that Mermaid reads', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(chartText(text)).toMatch(/^[\p{L}\p{N} ./()_-]*$/u);
      }),
    );
  });
});
