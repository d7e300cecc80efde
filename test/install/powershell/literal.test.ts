import fc from 'fast-check';
import { powershellLiteral } from '../../../lib/install/powershell/literal';
import { parsePowershell } from '../../support/powershell';

const QUOTES = "'\u2018\u2019\u201a\u201b";

/** As PowerShell's own tokenizer reads a verbatim string: any single quote ends it, unless another one follows. */
function readVerbatim(source: string): { value: string; rest: string } {
  if (!QUOTES.includes(source.charAt(0))) throw new Error('no verbatim string');
  let value = '';
  for (let index = 1; index < source.length; index++) {
    const character = source.charAt(index);
    const next = source.charAt(index + 1);
    if (QUOTES.includes(character)) {
      if (next === '' || !QUOTES.includes(next)) return { value, rest: source.slice(index + 1) };
      index++;
    }
    value += source.charAt(index);
  }
  throw new Error('no end');
}

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from(`${QUOTES}"\`$();\na &|{}`)) }),
  fc.string({ unit: 'grapheme' }),
);

describe('powershellLiteral', () => {
  it('comes back as the same text, and nothing of it is left over', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readVerbatim(`${powershellLiteral(value)}; Remove-Item`)).toEqual({ value, rest: '; Remove-Item' });
      }),
    );
  });

  it('is one verbatim string for the grammar, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { faults, commands, root } = await parsePowershell(`$x = ${powershellLiteral(value)}\n`);
        expect({ faults, commands }).toEqual({ faults: [], commands: [] });
        expect(root.descendantsOfType('verbatim_string_characters')).toHaveLength(1);
      }),
    );
  });

  it.each(["a'; Stop-Computer; 'b", 'a\u2019; Stop-Computer; \u2018b'])('does not let %j out', (value) => {
    expect(readVerbatim(powershellLiteral(value))).toEqual({ value, rest: '' });
    expect(powershellLiteral(value)).not.toBe(`'${value}'`);
  });
});
