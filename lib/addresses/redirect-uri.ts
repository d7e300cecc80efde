import type { ErrorCode } from '../error-codes';
import { Vb365Error } from '../errors';
import { parseHostName } from './host-name';
import type { RedirectPlatform } from './redirect-platforms';
import { shown } from '../words/shown';
import { holdsToken } from './token';

/** Entra's limits: https://learn.microsoft.com/entra/identity-platform/reply-url */
const LONGEST = 256;
/** Of one application. */
export const MOST_REDIRECT_URIS = 256;

/** Letters of RFC 3986 without brackets, and without those that Entra refuses: `! $ ' ( ) , ; *`. */
const PATH = /^(?:[A-Za-z0-9\-._~/:@&=+?]|%[0-9A-Fa-f]{2})*$/;
/** Schemes that a browser or an operating system would execute or open, never hand to an application. */
export const DANGEROUS_SCHEMES: ReadonlySet<string> = new Set([
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'ftp',
  'ws',
  'wss',
]);

/**
 * The form in which Entra registers a redirect URI: scheme and host in lower case, path as given, `/` where there is none.
 *
 * The slash is also what the azuread provider asks of inline addresses. A public client's `http://localhost` stays without
 * one, and custom schemes (`msal<id>://auth`, `ms-appx-web://…`, `urn:ietf:wg:oauth:2.0:oob`) stay as they are. A text that
 * holds a CDKTF token passes untouched.
 *
 * @throws Vb365Error `redirect-uri-scheme`, `redirect-uri-not-https`, `redirect-uri-characters`, `redirect-uri-fragment`,
 *   `redirect-uri-wildcard`, `redirect-uri-user-info`, `redirect-uri-host`, `redirect-uri-port`, `redirect-uri-too-long`.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url
 */
export function parseRedirectUri(text: string, platform: RedirectPlatform): string {
  if (holdsToken(text)) return text;
  checkCharacters(text);
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? [];
  const uri = /^https?$/i.test(scheme)
    ? webUri(scheme.toLowerCase(), rest, text, platform)
    : customUri(scheme.toLowerCase(), rest, text, platform);
  if (uri.length > LONGEST) {
    throw refused('redirect-uri-too-long', text, `has ${uri.length} characters; Entra allows ${LONGEST}`, 'shorten it');
  }
  return uri;
}

/**
 * The canonical forms of an application's redirect URIs of one platform, in their order.
 *
 * @throws Vb365Error `redirect-uri-too-many` above 256, `redirect-uri-duplicate` where one stands twice, and what
 *   {@link parseRedirectUri} throws.
 */
export function checkRedirectUris(texts: readonly string[], platform: RedirectPlatform): string[] {
  if (texts.length > MOST_REDIRECT_URIS) {
    throw new Vb365Error('redirect-uri-too-many', {
      message: `the application has ${texts.length} redirect URIs; Entra allows ${MOST_REDIRECT_URIS}`,
      cure: 'remove those that nobody uses',
    });
  }
  const seen = new Set<string>();
  for (const text of texts) {
    const uri = parseRedirectUri(text, platform);
    if (seen.has(uri)) throw refused('redirect-uri-duplicate', text, 'stands in the list twice', 'name it once');
    seen.add(uri);
  }
  return [...seen];
}

function checkCharacters(text: string): void {
  if (/^[^/?]*[/\\]{2}[^/?#\\]*@/.test(text)) {
    // The value is not repeated: what stands before the @ may be a password.
    throw new Vb365Error('redirect-uri-user-info', {
      message: 'the redirect URI holds a user name (@), which is not allowed',
      cure: 'remove what stands before the @',
    });
  }
  if (text.includes('#')) {
    throw refused(
      'redirect-uri-fragment',
      text,
      'has a fragment (#), which Entra refuses',
      'remove the # and what follows',
    );
  }
  if (text.includes('*')) {
    throw refused('redirect-uri-wildcard', text, 'has a wildcard (*), through which tokens leak', 'name each address');
  }
  const forbidden = /[\s\p{Cc}\\!$'(),;]/u.exec(text)?.[0];
  if (forbidden !== undefined) {
    const why = `holds ${shown(forbidden)}; white space, backslashes and ! $ ' ( ) , ; are not allowed`;
    throw refused('redirect-uri-characters', text, why, 'remove the character, or percent-encode it');
  }
}

function webUri(scheme: string, rest: string, text: string, platform: RedirectPlatform): string {
  const [, authority, tail = ''] = /^\/\/([^/?]*)(.*)$/.exec(rest) ?? [];
  if (authority === undefined) {
    throw refused('redirect-uri-host', text, `does not have // behind ${scheme}:`, 'give https://<host>/<path>');
  }
  const origin = readAuthority(authority, text);
  if (scheme === 'http' && origin.host !== 'localhost') {
    throw refused('redirect-uri-not-https', text, 'is http; Entra allows http for localhost only', 'write https://');
  }
  if (!PATH.test(tail)) {
    const why = 'has a path with characters that an address cannot hold as they are';
    throw refused('redirect-uri-characters', text, why, 'percent-encode them as UTF-8');
  }
  const isBareLocalhost = scheme === 'http' && platform === 'public-client' && tail === '';
  return `${scheme}://${origin.authority}${tail.startsWith('/') || isBareLocalhost ? '' : '/'}${tail}`;
}

function readAuthority(authority: string, text: string): { host: string; authority: string } {
  if (authority.startsWith('[')) {
    throw refused(
      'redirect-uri-host',
      text,
      'names its host by an IPv6 address, which Entra does not support',
      'name a host',
    );
  }
  const [, name = '', port] = /^([^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (port !== undefined && (!/^[1-9][0-9]{0,4}$/.test(port) || Number(port) > 65_535)) {
    throw refused('redirect-uri-port', text, `has the port ${shown(port)}; 1 to 65535 are allowed`, 'correct the port');
  }
  const host = readHost(name, text);
  return { host, authority: port === undefined ? host : `${host}:${port}` };
}

function readHost(name: string, text: string): string {
  try {
    return parseHostName(name);
  } catch (error) {
    if (error instanceof Vb365Error) {
      throw refused('redirect-uri-host', text, `cannot be used: ${error.message}`, error.cure);
    }
    throw error;
  }
}

function customUri(scheme: string, rest: string, text: string, platform: RedirectPlatform): string {
  if (platform !== 'public-client') {
    const why = `is not an https address, which a redirect URI of the platform ${platform} must be`;
    throw refused('redirect-uri-scheme', text, why, 'give https://<host>/<path>');
  }
  // Either a private scheme with an authority, or a URN, of which Entra itself offers one.
  const isUsable = scheme === 'urn' ? rest !== '' : /^\/\/[^/?]/.test(rest) && !DANGEROUS_SCHEMES.has(scheme);
  if (!isUsable) {
    const why =
      'has no scheme that a mobile or desktop application can use; https, http://localhost and custom schemes are allowed';
    throw refused(
      'redirect-uri-scheme',
      text,
      why,
      'give an address such as http://localhost or msal<client id>://auth',
    );
  }
  if (!PATH.test(rest)) {
    const why = 'holds characters that an address cannot hold as they are';
    throw refused('redirect-uri-characters', text, why, 'percent-encode them as UTF-8');
  }
  return `${scheme}:${rest}`;
}

function refused(code: ErrorCode, text: string, why: string, cure: string): Vb365Error {
  return new Vb365Error(code, { subject: text, message: `redirect URI ${shown(text)} ${why}`, cure });
}
