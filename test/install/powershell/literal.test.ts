import fc from 'fast-check';
import { powershellLiteral } from '../../../lib/install/powershell/literal';
import { describeWithPowershell } from '../../support/powershell-reader';

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

  it.each(["a'; Stop-Computer; 'b", 'a\u2019; Stop-Computer; \u2018b'])('does not let %j out', (value) => {
    expect(readVerbatim(powershellLiteral(value))).toEqual({ value, rest: '' });
    expect(powershellLiteral(value)).not.toBe(`'${value}'`);
  });
});

describeWithPowershell('powershellLiteral, as PowerShell reads it', (read) => {
  it('comes back as the same text, and nothing of it is run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { size: '+1' }), async (values) => {
        const script = values.map((value) => `$x = ${powershellLiteral(value)}\n`).join('');
        expect(await read(script)).toMatchObject({ faults: [], commands: [], verbatim: values });
      }),
      { numRuns: 20 },
    );
  });
});
