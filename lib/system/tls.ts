import { isIP } from 'node:net';
import { DEFAULT_CIPHERS } from 'node:tls';

/**
 * Ciphers for connections over which secrets go: keys and signatures of 112 bits of security or more, that is RSA from 2048 bits
 * on, as OpenSSL's level 2 has it. What is taken where nothing is said depends on the version of Node: 24 made it this level.
 */
export const STRONG_CIPHERS = `${DEFAULT_CIPHERS}:@SECLEVEL=2`;

/** Ciphers for a look at a server, to whom nothing is sent: whatever can be shown is seen, and judged by rules of our own. */
export const ANY_CIPHERS = `${DEFAULT_CIPHERS}:@SECLEVEL=0`;

/** The name that a handshake asks for (Server Name Indication), which is never an address: RFC 6066 §3. */
export function serverNameOf(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
