import { shown } from '../addresses/shown';
import { Vb365Error } from '../errors';

/** Where a REST API is served. */
export interface RestAddress {
  /** DNS name in its ASCII form, or an IP address; IPv6 without brackets. */
  readonly hostName: string;
  readonly port: number;
}

/** Veeam's default. */
const DEFAULT_PORT = 4443;

/** The port that `URL` leaves away because it is that of https. */
const HTTPS_PORT = 443;

/**
 * Reads an address as a person writes it: `https://vb365.example.com:4443`.
 *
 * @throws Vb365Error `rest-address-invalid`
 */
export function parseRestAddress(text: string): RestAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === 'https:' && url.username + url.password + url.search + url.hash === '';
  if (url === undefined || !isPlain || url.pathname !== '/') {
    throw new Vb365Error('rest-address-invalid', {
      // A password may stand in what is no plain address.
      message: `${text.includes('@') ? 'the address, which holds "@",' : shown(text)} is not the address of a REST API: https://, a host, and a port`,
      cure: `write it as https://vb365.example.com:${DEFAULT_PORT}`,
    });
  }
  const saysHttpsPort = /:0*443\/?$/.test(text);
  const port = url.port === '' ? (saysHttpsPort ? HTTPS_PORT : DEFAULT_PORT) : Number(url.port);
  return { hostName: url.hostname.replace(/^\[|\]$/g, ''), port };
}

/** `https://vb365.example.com:4443` */
export function formatRestAddress({ hostName, port }: RestAddress): string {
  return `https://${hostName.includes(':') ? `[${hostName}]` : hostName}:${port}`;
}
