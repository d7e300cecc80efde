import fc from 'fast-check';
import { normalizeThumbprint } from '../../lib/certificates/thumbprint';
import { containing, errorOf } from '../keystore/fixtures';

const THUMBPRINT = 'A909502DD82AE41433E6F83886B00D4277A32A7B';

describe('normalizeThumbprint', () => {
  test.each([
    ['as Windows stores it', THUMBPRINT],
    ['in lower case', THUMBPRINT.toLowerCase()],
    ['with the colons of OpenSSL', THUMBPRINT.match(/../g)!.join(':')],
    ['with spaces', THUMBPRINT.match(/../g)!.join(' ')],
    ['with no-break spaces', THUMBPRINT.match(/../g)!.join('\u00A0')],
    ['with hyphens', THUMBPRINT.match(/../g)!.join('-')],
    ['behind the left-to-right mark of the Windows dialog', `\u200E${THUMBPRINT}`],
    ['with a byte order mark and a line end', `\uFEFF${THUMBPRINT}\r\n`],
  ])('takes a thumbprint %s', (_, text) => {
    expect(normalizeThumbprint(text)).toBe(THUMBPRINT);
  });

  test.each([
    ['empty', ''],
    ['one digit short', THUMBPRINT.slice(1)],
    ['one digit long', `${THUMBPRINT}0`],
    ['not hex', `G${THUMBPRINT.slice(1)}`],
  ])('refuses a text that is %s', (_, text) => {
    expect(errorOf(() => normalizeThumbprint(text))).toMatchObject({
      code: 'thumbprint-malformed',
      message: containing('40 hex digits'),
    });
  });

  it.each(['hunter2', 'ab'.repeat(32), `${THUMBPRINT}0`])('repeats nothing of %j, which may be anything', (text) => {
    const { cure, message, subject } = errorOf(() => normalizeThumbprint(text));
    expect(JSON.stringify([cure, message, subject]).toLowerCase()).not.toContain(text.toLowerCase());
  });

  it('says of a SHA-256 thumbprint that the other one is meant', () => {
    const error = errorOf(() => normalizeThumbprint('ab'.repeat(32)));
    expect(error.message).toContain('SHA-256');
  });

  it('finds its own result normal already', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF')),
      minLength: 40,
      maxLength: 40,
    });
    fc.assert(
      fc.property(digits, (text) => {
        const normal = normalizeThumbprint(text);
        expect(normalizeThumbprint(normal)).toBe(normal);
      }),
    );
  });
});
