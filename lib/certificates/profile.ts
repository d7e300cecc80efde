import { isIP } from 'node:net';
import { parse as parseAddress } from 'ipaddr.js';
import { endsInNumber, LONGEST_DNS_NAME, toAsciiName } from '../addresses/ascii-name';
import { type ExtendedKeyUsage, type RoleId, roles } from '../catalogue/roles';
import { Vb365Error } from '../errors';
import { hasInvisible } from '../words/visible';

/** What the key may do, in the words of RFC 5280 §4.2.1.3. */
export type KeyUsage = 'digitalSignature' | 'keyEncipherment';

/** What a certificate of one role has to say. Certificates are issued from it, and imported ones are judged by it. */
export interface CertificateProfile {
  /** Decides the extended key usages. */
  readonly role: RoleId;
  /** 1 to 64 characters. */
  readonly commonName: string;
  /** Lower case, international labels in their ASCII form (`xn--…`), without a trailing dot. */
  readonly dnsNames: readonly string[];
  /** Dotted IPv4, or IPv6 in eight groups of lower-case hex without leading zeros: as `Certificate.ipAddresses`. */
  readonly ipAddresses: readonly string[];
  /** Both, whatever the role: TLS servers sign, and clients without ECDHE encrypt to the key. */
  readonly keyUsages: readonly KeyUsage[];
  /** As `roles` has them for the role. */
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
}

/** Names as a person writes them; the profile holds them in the form that certificates have. */
export interface CertificateProfileOptions {
  /**
   * Name that a person reads in lists of certificates: a host or an application.
   *
   * X.520 (ub-common-name) allows 64 characters: a longer one is cut there. Nothing is lost by that where it is a host
   * name, because clients compare host names with the alternative names.
   */
  readonly commonName: string;
  /** DNS names and IP addresses that clients connect to; IPv6 with or without brackets. @default none */
  readonly hosts?: readonly string[];
}

/** X.520, upper bound of a common name in characters. */
const LONGEST_COMMON_NAME = 64;

/** RFC 1123 label, with the underscore that Windows host names may hold. */
const DNS_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A TLS server is asked to sign; a client without ECDHE encrypts to the key; keys of CSP type AT_KEYEXCHANGE do both. */
const KEY_USAGES: readonly KeyUsage[] = ['digitalSignature', 'keyEncipherment'];

/**
 * The profile of a role: hosts sorted into DNS names and IP addresses, in their order and each once, and the usages.
 *
 * @throws Vb365Error `certificate-common-name-invalid` where the common name is empty or holds invisible characters,
 * `certificate-host-invalid` where a host is neither a DNS name nor an IP address.
 */
export function certificateProfile(role: RoleId, options: CertificateProfileOptions): CertificateProfile {
  const hosts = (options.hosts ?? []).map(canonicalHost);
  return {
    role,
    commonName: fittingCommonName(options.commonName),
    dnsNames: unique(hosts.filter((host) => isIP(host) === 0)),
    ipAddresses: unique(hosts.filter((host) => isIP(host) !== 0)),
    keyUsages: KEY_USAGES,
    extendedKeyUsages: roles[role].extendedKeyUsages,
  };
}

function fittingCommonName(commonName: string): string {
  const name = commonName.trim();
  if (name === '' || hasInvisible(name)) {
    throw new Vb365Error('certificate-common-name-invalid', {
      subject: 'commonName',
      message: `the common name ${JSON.stringify(commonName)} is not a text of visible characters`,
      cure: 'give a host name or the name of an application, without line breaks and tabs',
    });
  }
  const characters = Array.from(name);
  if (characters.length <= LONGEST_COMMON_NAME) return name;
  return characters
    .slice(0, LONGEST_COMMON_NAME)
    .join('')
    .replace(/(?<=.)[\s.-]+$/, '');
}

function canonicalHost(host: string): string {
  const address = host.replace(/^\[(.*:.*)\]$/, '$1');
  // A zone (`fe80::1%eth0`) names an interface of one machine, so no certificate can hold it.
  if (isIP(address) !== 0 && !address.includes('%')) return parseAddress(address).toNormalizedString();
  const name = toAsciiName(host)?.replace(/\.$/, '');
  if (name === undefined || !isDnsName(name)) {
    throw new Vb365Error('certificate-host-invalid', {
      subject: 'hosts',
      message: `the host ${JSON.stringify(host)} is neither a DNS name nor an IP address`,
      cure: 'give the host alone, such as vb365.example.com, *.example.com or 192.0.2.10, without scheme, port or path',
    });
  }
  return name;
}

/** A wildcard stands for the whole left-most label, RFC 6125 §6.4.3. `192.168.1` is an address in short form, and never meant. */
function isDnsName(name: string): boolean {
  const labels = name.replace(/^\*\./, '').split('.');
  return name.length <= LONGEST_DNS_NAME && labels.every((label) => DNS_LABEL.test(label)) && !endsInNumber(name);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
