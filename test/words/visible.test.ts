import fc from 'fast-check';
import { escapeInvisible, hasInvisible, onOneLine, visible } from '../../lib/words/visible';

/** A bell, a zero-width space, a right-to-left override, a separator of lines, a variation selector, a private and half a character. */
const INVISIBLE = ['\u0007', '\u200b', '\u202e', '\u2028', '\ufe0f', '\ue000', '\ud800'];

describe('text of others', () => {
  it.each(INVISIBLE)('shows %j', (character) => {
    const text = `paypal${character}.example`;
    expect(hasInvisible(text)).toBe(true);
    expect(escapeInvisible(text)).toMatch(/^paypal\\u\{[0-9a-f]+\}\.example$/);
    expect(onOneLine(text)).toBe('paypal .example');
  });

  it('has nothing invisible in it afterwards, and what shows stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hasInvisible(escapeInvisible(text))).toBe(false);
        expect(hasInvisible(onOneLine(text))).toBe(false);
      }),
    );
    const plain = 'Zürich, 東京 — 😀 עברית';
    expect(escapeInvisible(plain)).toBe(plain);
  });

  it('is cut by characters, not in the middle of one', () => {
    expect(visible('😀'.repeat(10), 5)).toBe('😀😀😀😀…');
  });
});
