import ipaddr from 'ipaddr.js';
import type { ErrorCode } from '../error-codes';
import { Vb365Error } from '../errors';
import { isIpv4Address, parseHostName } from './host-name';
import { shown } from '../words/shown';
import { holdsToken } from './token';

const ALLOWED =
  'https://<public IPv4 address>:<port> or https://<DNS host name>:<port>, such as https://portal.example.com:4443';
const HIGHEST_PORT = 65_535;

/** A web address of Restore Portal, taken apart. */
export interface WebAddress {
  /** Lower case, IDN as punycode, explicit port, no trailing slash: `https://portal.example.com:4443`. */
  readonly canonical: string;
  /** DNS host name or IPv4 address; undefined where the address is a CDKTF token. */
  readonly hostName: string | undefined;
  /** Undefined where the address is a CDKTF token. */
  readonly port: number | undefined;
  /** Whether the host is an IPv4 address; false where the address is a CDKTF token. */
  readonly isIpAddress: boolean;
}

/**
 * Reads a web address of Restore Portal: https, a public IPv4 address or a DNS host name, a port, and nothing else but a
 * trailing slash. A text that holds a CDKTF token passes untouched.
 *
 * It is taken apart here rather than by `URL`, which forgets an explicit `:443`, strips tabs and reads numbers as addresses.
 *
 * @throws Vb365Error `web-address-not-https`, `web-address-characters`, `web-address-path`, `web-address-user-info`,
 *   `web-address-port-missing`, `web-address-port`, `web-address-host`, `web-address-private-ip`.
 * @see https://helpcenter.veeam.com/docs/vbo365/guide/vbo_restore_portal_settings.html
 */
export function parseWebAddress(text: string): WebAddress {
  if (holdsToken(text)) return { canonical: text, hostName: undefined, port: undefined, isIpAddress: false };
  if (text.includes('@')) {
    // The value is not repeated: what stands before the @ may be a password.
    throw new Vb365Error('web-address-user-info', {
      message: 'the web address holds a user name (@); only host and port are allowed',
      cure: `give ${ALLOWED}`,
    });
  }
  if (/[\s\p{Cc}\\]/u.test(text)) {
    throw refused('web-address-characters', text, 'holds white space, a control character or a backslash');
  }
  const [, scheme, authority = '', tail = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(text) ?? [];
  if (scheme?.toLowerCase() !== 'https') {
    throw refused(
      'web-address-not-https',
      text,
      'does not start with https://; Restore Portal is available over HTTPS only',
    );
  }
  if (tail !== '' && tail !== '/') {
    throw refused('web-address-path', text, `has ${shown(tail)} behind the port; nothing may follow it but one slash`);
  }
  const { host, port } = splitAuthority(authority, text);
  const hostName = readHost(host, text);
  return { canonical: `https://${hostName}:${port}`, hostName, port, isIpAddress: isIpv4Address(hostName) };
}

/**
 * The addresses to which a browser comes back from a sign-in at Restore Portal, the one with its port first.
 *
 * Browsers leave the port 443 out, so both spellings are registered.
 */
export function webAddressSpellings({ canonical, port }: WebAddress): string[] {
  return port === 443 ? [canonical, canonical.replace(/:443$/, '')] : [canonical];
}

function splitAuthority(authority: string, text: string): { host: string; port: number } {
  if (authority.startsWith('[') || /:.*:/.test(authority)) {
    throw refused('web-address-host', text, 'names its host by an IPv6 address, which Restore Portal does not take');
  }
  const [host = '', digits] = authority.split(':');
  if (digits === undefined || digits === '') {
    throw refused('web-address-port-missing', text, 'has no port; that of the REST API must be given, 4443 by default');
  }
  const port = /^[0-9]{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > HIGHEST_PORT) {
    throw refused('web-address-port', text, `has the port ${shown(digits)}; 1 to ${HIGHEST_PORT} are allowed`);
  }
  return { host, port };
}

function readHost(host: string, text: string): string {
  const hostName = parseHost(host, text);
  if (isIpv4Address(hostName)) {
    const range = ipaddr.IPv4.parse(hostName).range();
    if (range !== 'unicast') {
      const why = `names the address ${hostName}, which is not public (${range}); an IPv4 address must be public`;
      throw refused(
        'web-address-private-ip',
        text,
        why,
        'give the DNS host name of the machine, or its public IPv4 address',
      );
    }
  }
  return hostName;
}

function parseHost(host: string, text: string): string {
  try {
    return parseHostName(host);
  } catch (error) {
    if (error instanceof Vb365Error) throw refused('web-address-host', text, `cannot be used: ${error.message}`);
    throw error;
  }
}

function refused(code: ErrorCode, text: string, why: string, cure = `give ${ALLOWED}`): Vb365Error {
  return new Vb365Error(code, { subject: text, message: `web address ${shown(text)} ${why}`, cure });
}
