import { shown } from '../words/shown';
import { formatAuthority, urlPartsOf } from '../addresses/url-parts';
import { Vb365Error } from '../errors';

/** Where a REST API is served. */
export interface RestAddress {
  /** DNS name in its ASCII form, or an IP address; IPv6 without brackets. */
  readonly hostName: string;
  readonly port: number;
}

/** Veeam's default. */
const DEFAULT_PORT = 4443;

/**
 * Reads an address as a person writes it: `https://vb365.example.com:4443`.
 *
 * @throws Vb365Error `rest-address-invalid`
 */
export function parseRestAddress(text: string): RestAddress {
  const parts = urlPartsOf(text);
  if (parts?.scheme !== 'https' || parts.userInfo !== '' || !['', '/'].includes(parts.tail)) {
    throw new Vb365Error('rest-address-invalid', {
      // A password may stand in what is no plain address.
      message: `${text.includes('@') ? 'the address, which holds "@",' : shown(text)} is not the address of a REST API: https://, a host, and a port`,
      cure: `write it as https://vb365.example.com:${DEFAULT_PORT}`,
    });
  }
  return { hostName: parts.hostName, port: parts.port ?? DEFAULT_PORT };
}

/** `https://vb365.example.com:4443` */
export function formatRestAddress({ hostName, port }: RestAddress): string {
  return `https://${formatAuthority(hostName, port)}`;
}
