import fc from 'fast-check';
import { asUtf8, decodeText, encodingOf } from '../../lib/system/text';

const little = (text: string): Buffer => Buffer.from(text, 'utf16le');
const big = (text: string): Buffer => little(text).swap16();

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('Zürich'), 'Zürich'],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFZürich'), 'Zürich'],
    ['UTF-16 with a byte order mark, as PowerShell writes it', little('\uFEFFZürich'), 'Zürich'],
    ['UTF-16, the high byte first', big('\uFEFFZürich'), 'Zürich'],
    ['UTF-16 without a byte order mark, as "cmd /u" writes it', little('Zürich'), 'Zürich'],
    ['UTF-16 without one, the high byte first', big('Zürich'), 'Zürich'],
    ['one letter in UTF-16', little('x'), 'x'],
    ['one letter', Buffer.from('x'), 'x'],
    ['nothing', Buffer.alloc(0), ''],
    ['a byte order mark alone', Buffer.from([0xff, 0xfe]), ''],
    ['two zero bytes', Buffer.alloc(2), '\0\0'],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('reads back what any of the encodings has written', () => {
    // A first letter beyond Latin-1 needs the byte order mark, which PowerShell always writes.
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.startsWith('\uFEFF') && !one.includes('\0'));
    fc.assert(
      fc.property(text, (given) => {
        expect(decodeText(Buffer.from(given))).toBe(given);
        expect(decodeText(little(`\uFEFF${given}`))).toBe(given);
        expect(decodeText(big(`\uFEFF${given}`))).toBe(given);
      }),
    );
  });

  it('refuses bytes that are no text only where it is told to', () => {
    const latin = Buffer.from('Zürich', 'latin1');
    expect(decodeText(latin)).toBe('Z\uFFFDrich');
    expect(() => decodeText(latin, { fatal: true })).toThrow('not valid');
  });
});

describe('asUtf8', () => {
  it('leaves binary data alone', () => {
    for (const bytes of [
      [0x30, 0x82, 0x01],
      [0x00, 0x01, 0x02, 0x03],
      [0x1f, 0x00, 0x8b, 0x08],
      [0x50, 0x4b, 3, 4],
    ]) {
      expect(asUtf8(Buffer.from(bytes))).toEqual(Buffer.from(bytes));
    }
  });

  it('writes UTF-16 anew', () => {
    expect(asUtf8(little('\uFEFF-----BEGIN'))).toEqual(Buffer.from('-----BEGIN'));
    expect(encodingOf(little('-----BEGIN'))).toBe('utf-16le');
  });
});
