import { createRequire } from 'node:module';
import type * as Tr46 from 'tr46';

/** Its tables are loaded where a name is not plain, which is seldom. */
const load: (id: 'tr46') => typeof Tr46 = createRequire(__filename);

/** Characters of a DNS name, RFC 1035 §2.3.4: 255 octets on the wire. */
export const LONGEST_DNS_NAME = 253;

/** As browsers have it, https://url.spec.whatwg.org/#concept-domain-to-ascii; lengths are judged by whoever asks. */
const BROWSERS = { checkBidi: true, checkJoiners: true } as const;

/**
 * A name in lower case with its international labels as punycode, UTS 46. Neither length nor letters of plain labels are judged.
 *
 * Not by `domainToASCII` of Node: what it takes `xn--a` and `ẞ` for depends on the version of Node.
 *
 * @returns undefined where an international label has no such form
 */
export function toAsciiName(name: string): string | undefined {
  const isPlain = /^[\0-\x7f]*$/.test(name) && !/(?:^|\.)xn--/i.test(name);
  return isPlain ? name.toLowerCase() : (load('tr46').toASCII(name, BROWSERS) ?? undefined);
}

/** Whether a browser reads the name as an IPv4 address, or not at all: https://url.spec.whatwg.org/#ends-in-a-number-checker */
export function endsInNumber(name: string): boolean {
  return /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$/i.test(name);
}
