import fc from 'fast-check';
import type { RedirectPlatform } from '../../lib/addresses/redirect-platforms';
import { checkRedirectUris, parseRedirectUri } from '../../lib/addresses/redirect-uri';
import { codeOf } from './code-of';

const platforms: readonly RedirectPlatform[] = ['spa', 'web', 'public-client'];

describe('parseRedirectUri', () => {
  it.each<[string, RedirectPlatform, string]>([
    ['https://portal.abc.com:4443', 'spa', 'https://portal.abc.com:4443/'],
    ['https://portal.abc.com:4443/', 'spa', 'https://portal.abc.com:4443/'],
    ['HTTPS://Portal.ABC.com/Sign-In', 'web', 'https://portal.abc.com/Sign-In'],
    ['https://portal.abc.com?x=1', 'web', 'https://portal.abc.com/?x=1'],
    ['https://portal.abc.com:443/a%20b', 'web', 'https://portal.abc.com:443/a%20b'],
    ['https://portäl.abc.com/', 'spa', 'https://xn--portl-jra.abc.com/'],
    ['http://localhost', 'spa', 'http://localhost/'],
    ['http://localhost:3000/x', 'web', 'http://localhost:3000/x'],
    ['http://localhost', 'public-client', 'http://localhost'],
    ['http://localhost/', 'public-client', 'http://localhost/'],
    ['https://login.example.com', 'public-client', 'https://login.example.com/'],
    ['msal8f0e1d2c://auth', 'public-client', 'msal8f0e1d2c://auth'],
    [
      'ms-appx-web://microsoft.aad.brokerplugin/8f0e1d2c',
      'public-client',
      'ms-appx-web://microsoft.aad.brokerplugin/8f0e1d2c',
    ],
    ['urn:ietf:wg:oauth:2.0:oob', 'public-client', 'urn:ietf:wg:oauth:2.0:oob'],
  ])('registers %s of %s as %s', (text, platform, canonical) => {
    expect(parseRedirectUri(text, platform)).toBe(canonical);
  });

  it.each<[string, RedirectPlatform, string]>([
    ['', 'spa', 'redirect-uri-scheme'],
    ['portal.abc.com', 'spa', 'redirect-uri-scheme'],
    ['ftp://portal.abc.com/', 'web', 'redirect-uri-scheme'],
    ['msal8f0e1d2c://auth', 'spa', 'redirect-uri-scheme'],
    ['urn:ietf:wg:oauth:2.0:oob', 'web', 'redirect-uri-scheme'],
    ['javascript://alert', 'public-client', 'redirect-uri-scheme'],
    ['data:text/html', 'public-client', 'redirect-uri-scheme'],
    ['http://portal.abc.com/', 'spa', 'redirect-uri-not-https'],
    ['http://127.0.0.1/', 'public-client', 'redirect-uri-not-https'],
    ['http://localhost.abc.com/', 'spa', 'redirect-uri-not-https'],
    ['https://portal.abc.com/#x', 'spa', 'redirect-uri-fragment'],
    ['https://*.abc.com/', 'spa', 'redirect-uri-wildcard'],
    ['https://portal.abc.com/*', 'web', 'redirect-uri-wildcard'],
    ['https://portal.abc.com/a b', 'spa', 'redirect-uri-characters'],
    ['https://portal.abc.com/ä', 'spa', 'redirect-uri-characters'],
    ['https://portal.abc.com/%zz', 'spa', 'redirect-uri-characters'],
    ['https://portal.abc.com\\x', 'spa', 'redirect-uri-characters'],
    ['https://admin:x@portal.abc.com/', 'spa', 'redirect-uri-user-info'],
    ['https:portal.abc.com', 'spa', 'redirect-uri-host'],
    ['https:///x', 'spa', 'redirect-uri-host'],
    ['https://[::1]/', 'spa', 'redirect-uri-host'],
    ['https://2130706433/', 'spa', 'redirect-uri-host'],
    ['https://portal.abc.com:0/', 'spa', 'redirect-uri-port'],
    ['https://portal.abc.com:65536/', 'spa', 'redirect-uri-port'],
    ['https://portal.abc.com:/', 'spa', 'redirect-uri-port'],
  ])('refuses %j of %s with %s', (text, platform, code) => {
    expect(codeOf(() => parseRedirectUri(text, platform))).toBe(code);
  });

  it.each(['!', '$', "'", '(', ')', ',', ';'])('refuses %s, as Entra does', (character) => {
    expect(codeOf(() => parseRedirectUri(`https://portal.abc.com/${character}`, 'spa'))).toBe(
      'redirect-uri-characters',
    );
  });

  it('takes 256 characters and refuses 257', () => {
    const start = 'https://portal.abc.com/';
    expect(parseRedirectUri(start.padEnd(256, 'a'), 'spa')).toHaveLength(256);
    expect(codeOf(() => parseRedirectUri(start.padEnd(257, 'a'), 'spa'))).toBe('redirect-uri-too-long');
  });

  it('counts the slash that it adds', () => {
    const host = `${'a'.repeat(60)}.`.repeat(4);
    const text = `https://${host}example`;
    expect(codeOf(() => parseRedirectUri(`${text}:4`, 'spa'))).toBe('redirect-uri-too-long');
  });

  it('lets a CDKTF token pass untouched', () => {
    expect(parseRedirectUri('${TfToken[TOKEN.7]}', 'spa')).toBe('${TfToken[TOKEN.7]}');
  });

  it('gives a form that reads as itself, or a coded error, for whatever text', () => {
    const part = fc.constantFrom(
      'https:',
      'http:',
      '//',
      'localhost',
      'a',
      'B.c',
      ':',
      '80',
      '/',
      '?',
      '#',
      '%41',
      '@',
      '[',
      'ü',
      'urn:',
      'x://',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((path) => `https://a/${path}`),
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...platforms), (given, platform) => {
        const code = codeOf(() => parseRedirectUri(given, platform));
        if (code !== undefined) return code.startsWith('redirect-uri-');
        const canonical = parseRedirectUri(given, platform);
        return parseRedirectUri(canonical, platform) === canonical;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('checkRedirectUris', () => {
  it('gives the canonical forms in their order', () => {
    expect(checkRedirectUris(['https://b.example', 'https://a.example/X'], 'spa')).toEqual([
      'https://b.example/',
      'https://a.example/X',
    ]);
  });

  it('refuses two that differ in spelling only', () => {
    const texts = ['https://portal.abc.com:4443', 'https://Portal.abc.com:4443/'];
    expect(codeOf(() => checkRedirectUris(texts, 'spa'))).toBe('redirect-uri-duplicate');
  });

  it('tells paths apart by case', () => {
    expect(checkRedirectUris(['https://a.example/x', 'https://a.example/X'], 'spa')).toHaveLength(2);
  });

  it('takes 256 and refuses 257', () => {
    const uris = Array.from({ length: 257 }, (_, index) => `https://a.example/${index}`);
    expect(checkRedirectUris(uris.slice(1), 'spa')).toHaveLength(256);
    expect(codeOf(() => checkRedirectUris(uris, 'spa'))).toBe('redirect-uri-too-many');
  });
});
