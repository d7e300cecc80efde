import { isIP } from 'node:net';
import { parse as parseAddress } from 'ipaddr.js';
import { endsInNumber, toAsciiName } from './ascii-name';
import { isIpv4Address } from './host-name';

/** An address with a host, taken apart. */
export interface UrlParts {
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** What stands before `@`, as it was given; empty where there is none. */
  readonly userInfo: string;
  /** DNS name in its ASCII form, which may hold underscores, or an IP address; IPv6 in its short form without brackets. */
  readonly hostName: string;
  /** As it was given; undefined where there is none. */
  readonly port: number | undefined;
  /** Path, query and fragment, as they were given. */
  readonly tail: string;
  /** All of it with the host as above: every version of Node reads it as the same. */
  readonly href: string;
}

const ADDRESS = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?(\[[0-9a-f:.]+\]|[^/?#:[\]]+)(?::([0-9]{1,5}))?([/?#].*)?$/i;
const HIGHEST_PORT = 65_535;

/**
 * Takes an address apart. Not by `URL`, whose rules for host names and for what is percent-encoded depend on the version of Node.
 *
 * @returns undefined where it is no address, or its host no name and no IP address
 */
export function urlPartsOf(text: string): UrlParts | undefined {
  if (/[\s\p{Cc}\\]/u.test(text)) return undefined;
  const [, scheme = '', userInfo = '', host, digits, tail = ''] = ADDRESS.exec(text) ?? [];
  const hostName = host === undefined ? undefined : readHost(host);
  const port = digits === undefined ? undefined : Number(digits);
  if (hostName === undefined || port === 0 || (port ?? 0) > HIGHEST_PORT) return undefined;
  const parts = { scheme: scheme.toLowerCase(), userInfo, hostName, port, tail };
  const origin = `${parts.scheme}://${userInfo === '' ? '' : `${userInfo}@`}${formatAuthority(hostName, port)}`;
  return { ...parts, href: `${origin}${tail}` };
}

/** `vb365.example.com:4443`, `[2001:db8::7]` */
export function formatAuthority(hostName: string, port?: number): string {
  const host = hostName.includes(':') ? `[${hostName}]` : hostName;
  return port === undefined ? host : `${host}:${port}`;
}

function readHost(host: string): string | undefined {
  if (host.startsWith('[')) {
    const address = host.slice(1, -1);
    return isIP(address) === 6 ? parseAddress(address).toString() : undefined;
  }
  if (isIpv4Address(host)) return host;
  const name = toAsciiName(host.replace(/\.$/, ''));
  return name !== undefined && /^[a-z0-9._-]+$/.test(name) && !endsInNumber(name) ? name : undefined;
}
