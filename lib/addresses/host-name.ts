import { Vb365Error } from '../errors';
import { endsInNumber, LONGEST_DNS_NAME, toAsciiName } from './ascii-name';
import { shown } from '../words/shown';

const ALLOWED = 'a DNS host name such as vb365.example.com, or an IPv4 address such as 203.0.113.10';
const LONGEST_LABEL = 63;
/** Letters, digits and hyphens, none at either end (RFC 1123 §2.1). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/**
 * The canonical form of a DNS host name or an IPv4 address: lower case, IDN as punycode, no trailing dot.
 *
 * A name may have one label only: servers in a workgroup have no domain. What a browser would take for an IPv4 address in
 * disguise (`2130706433`, `0x7f.1`, `0177.0.0.1`) is refused.
 *
 * @throws Vb365Error `host-name-invalid`, `host-name-too-long`, `host-name-numeric`.
 */
export function parseHostName(text: string): string {
  if (isIpv4Address(text)) return text;
  const name = toAscii(text.replace(/\.$/, ''), text);
  if (name.length > LONGEST_DNS_NAME) {
    throw refused('host-name-too-long', text, `has ${name.length} characters; at most ${LONGEST_DNS_NAME} are allowed`);
  }
  const labels = name.split('.');
  for (const label of labels) checkLabel(label, text);
  if (endsInNumber(name)) {
    throw refused('host-name-numeric', text, `ends in a number without being an IPv4 address in dotted decimal form`);
  }
  return name;
}

/** Whether the text is an IPv4 address in plain dotted decimal form: no octal, no hexadecimal, no short form. */
export function isIpv4Address(text: string): boolean {
  return IPV4.test(text);
}

function toAscii(name: string, text: string): string {
  if (name.includes(':'))
    throw refused('host-name-invalid', text, 'holds a colon; IPv6 addresses and ports do not belong here');
  // A WHATWG parser would decode `%41` and strip tabs here: a configuration had better say what it means.
  const foreign = /[^A-Za-z0-9.\-\u0080-\uffff]/.exec(name)?.[0];
  if (foreign !== undefined) {
    throw refused('host-name-invalid', text, `holds ${shown(foreign)}; letters, digits, hyphens and dots are allowed`);
  }
  const ascii = toAsciiName(name);
  if (ascii === undefined || isIpv4Address(ascii)) {
    throw refused('host-name-invalid', text, 'has no form in ASCII that is a host name (IDNA, UTS 46)');
  }
  return ascii;
}

function checkLabel(label: string, text: string): void {
  if (label === '') throw refused('host-name-invalid', text, 'has an empty part');
  if (label.length > LONGEST_LABEL) {
    throw refused(
      'host-name-too-long',
      text,
      `has a part of ${label.length} characters; at most ${LONGEST_LABEL} are allowed`,
    );
  }
  if (!LABEL.test(label)) {
    throw refused(
      'host-name-invalid',
      text,
      `has the part ${shown(label)}; a part starts and ends with a letter or a digit`,
    );
  }
}

function refused(
  code: 'host-name-invalid' | 'host-name-too-long' | 'host-name-numeric',
  text: string,
  why: string,
): Vb365Error {
  return new Vb365Error(code, { subject: text, message: `host name ${shown(text)} ${why}`, cure: `give ${ALLOWED}` });
}
