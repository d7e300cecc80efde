import fc from 'fast-check';
import { parseWebAddress } from '../../lib/addresses/web-address';
import { Vb365Error } from '../../lib/errors';
import { codeOf } from './code-of';

describe('parseWebAddress', () => {
  it.each([
    ['https://portal.abc.com:4443', 'https://portal.abc.com:4443'],
    ['https://portal.abc.com:4443/', 'https://portal.abc.com:4443'],
    ['HTTPS://Portal.ABC.com:4443', 'https://portal.abc.com:4443'],
    ['https://portal.abc.com:443', 'https://portal.abc.com:443'],
    ['https://portal.abc.com:04443', 'https://portal.abc.com:4443'],
    ['https://portal.abc.com.:4443', 'https://portal.abc.com:4443'],
    ['https://portäl.abc.com:1', 'https://xn--portl-jra.abc.com:1'],
    ['https://portal:65535', 'https://portal:65535'],
    ['https://135.169.170.192:4443', 'https://135.169.170.192:4443'],
  ])('reads %s as %s', (text, canonical) => {
    expect(parseWebAddress(text).canonical).toBe(canonical);
  });

  it('takes an address apart', () => {
    expect(parseWebAddress('https://135.169.170.192:4443/')).toEqual({
      canonical: 'https://135.169.170.192:4443',
      hostName: '135.169.170.192',
      port: 4443,
      isIpAddress: true,
    });
    expect(parseWebAddress('https://portal.abc.com:443')).toMatchObject({ port: 443, isIpAddress: false });
  });

  it.each([
    ['http://portal.abc.com:4443', 'web-address-not-https'],
    ['portal.abc.com:4443', 'web-address-not-https'],
    ['https:/portal.abc.com:4443', 'web-address-not-https'],
    ['', 'web-address-not-https'],
    [' https://portal.abc.com:4443', 'web-address-characters'],
    ['https://portal.abc.com:4443\n', 'web-address-characters'],
    ['https://por\ttal.abc.com:4443', 'web-address-characters'],
    ['https:\\\\portal.abc.com:4443', 'web-address-characters'],
    ['https://portal.abc.com:4443\\', 'web-address-characters'],
    ['https://portal.abc.com:4443/restore', 'web-address-path'],
    ['https://portal.abc.com:4443//', 'web-address-path'],
    ['https://portal.abc.com:4443?x', 'web-address-path'],
    ['https://portal.abc.com:4443#x', 'web-address-path'],
    ['https://admin@portal.abc.com:4443', 'web-address-user-info'],
    ['https://portal.abc.com', 'web-address-port-missing'],
    ['https://portal.abc.com:', 'web-address-port-missing'],
    ['https://portal.abc.com:0', 'web-address-port'],
    ['https://portal.abc.com:65536', 'web-address-port'],
    ['https://portal.abc.com:4443x', 'web-address-port'],
    ['https://portal.abc.com:-1', 'web-address-port'],
    ['https://:4443', 'web-address-host'],
    ['https://[2001:db8::1]:4443', 'web-address-host'],
    ['https://2001:db8::1:4443', 'web-address-host'],
    ['https://portal_1.abc.com:4443', 'web-address-host'],
    ['https://2130706433:4443', 'web-address-host'],
    ['https://0177.0.0.1:4443', 'web-address-host'],
    ['https://0x7f000001:4443', 'web-address-host'],
    ['https://127。0。0。1:4443', 'web-address-host'],
    ['https://%70ortal.abc.com:4443', 'web-address-host'],
    ['https://10.1.2.3:4443', 'web-address-private-ip'],
    ['https://172.16.0.1:4443', 'web-address-private-ip'],
    ['https://192.168.1.1:4443', 'web-address-private-ip'],
    ['https://127.0.0.1:4443', 'web-address-private-ip'],
    ['https://169.254.1.1:4443', 'web-address-private-ip'],
    ['https://100.64.0.1:4443', 'web-address-private-ip'],
    ['https://224.0.0.1:4443', 'web-address-private-ip'],
    ['https://0.0.0.0:4443', 'web-address-private-ip'],
    ['https://255.255.255.255:4443', 'web-address-private-ip'],
  ])('refuses %j with %s', (text, code) => {
    expect(codeOf(() => parseWebAddress(text))).toBe(code);
  });

  it.each([
    ['https://172.15.255.255:4443'],
    ['https://172.32.0.1:4443'],
    ['https://100.63.255.255:4443'],
    ['https://9.255.255.255:4443'],
  ])('takes %s, just outside of the private ranges', (text) => {
    expect(parseWebAddress(text).isIpAddress).toBe(true);
  });

  it('never repeats a password that stands in the address', () => {
    for (const text of [
      'https://admin:hunter2@portal.abc.com:4443',
      'http://admin:hunter2@portal',
      '\thttps://a:hunter2@b',
    ]) {
      try {
        parseWebAddress(text);
      } catch (error) {
        expect(error).toBeInstanceOf(Vb365Error);
        expect(JSON.stringify([error, String(error)])).not.toContain('hunter2');
      }
    }
    expect.assertions(6);
  });

  it('lets a CDKTF token pass untouched', () => {
    expect(parseWebAddress('https://${TfToken[TOKEN.7]}:4443/')).toEqual({
      canonical: 'https://${TfToken[TOKEN.7]}:4443/',
      hostName: undefined,
      port: undefined,
      isIpAddress: false,
    });
  });

  it('gives a form that reads as itself, or a coded error, for whatever text', () => {
    const part = fc.constantFrom(
      'https://',
      'a',
      'B',
      '.',
      ':',
      '4443',
      '1',
      '/',
      '@',
      '[',
      '%41',
      '。',
      'ü',
      '\\',
      '\t',
      '?',
      '#',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((host) => `https://${host}:4443`),
      fc.array(part, { maxLength: 10 }).map((parts) => `https://${parts.join('')}`),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const code = codeOf(() => parseWebAddress(given));
        if (code !== undefined) return code.startsWith('web-address-');
        const { canonical } = parseWebAddress(given);
        return parseWebAddress(canonical).canonical === canonical;
      }),
      { numRuns: 2000 },
    );
  });
});
