import { asn1, util } from 'node-forge';
import { contextTags } from '../context-tags';

/** The parts of an X.509 certificate that node's `X509Certificate` does not show. */
export interface X509Fields {
  /** Hash of the signature, as `openssl x509 -text` names it in lower case: `sha256`, `sha1`, `md5`; `none` for Ed25519; the OID when unknown. */
  readonly signatureHash: string;
  readonly dnsNames: readonly string[];
  /** Dotted IPv4, or IPv6 in eight groups of lower-case hex without leading zeros. */
  readonly ipAddresses: readonly string[];
  /** RFC 5280 names (`digitalSignature`); undefined where the extension is absent, which means any use. */
  readonly keyUsages: readonly string[] | undefined;
  /** RFC 5280 names (`serverAuth`), the OID where unknown; undefined where the extension is absent. */
  readonly extendedKeyUsages: readonly string[] | undefined;
}

/** RFC 8017, RFC 5758, RFC 8410. RSASSA-PSS names its hash in the parameters. */
const SIGNATURE_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2',
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.3.14.3.2.29': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.15': 'sha512-224',
  '1.2.840.113549.1.1.16': 'sha512-256',
  '1.2.840.10040.4.3': 'sha1',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': 'none',
  '1.3.101.113': 'none',
};

const HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const RSASSA_PSS = '1.2.840.113549.1.1.10';

/** RFC 5280 §4.2.1.3, in the order of the bits. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

const EXTENDED_KEY_USAGES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
};

/**
 * Reads the DER of a certificate that node's `X509Certificate` has already accepted.
 *
 * @throws Error where the ASN.1 is not that of a certificate; `Certificate` turns it into a coded error.
 */
export function readX509Fields(der: Buffer): X509Fields {
  const [toBeSigned, signatureAlgorithm] = children(parse(der));
  const extensions = readExtensions(toBeSigned);
  const names = extensions.get('2.5.29.17');
  const keyUsage = extensions.get('2.5.29.15');
  const extendedKeyUsage = extensions.get('2.5.29.37');
  return {
    signatureHash: readSignatureHash(signatureAlgorithm),
    dnsNames: generalNames(names, contextTags[2]).map((name) => name.toString('latin1')),
    ipAddresses: generalNames(names, contextTags[7]).map(formatIpAddress),
    keyUsages: keyUsage && readKeyUsages(keyUsage),
    extendedKeyUsages: extendedKeyUsage && readExtendedKeyUsages(extendedKeyUsage),
  };
}

function parse(der: Buffer): asn1.Asn1 {
  return asn1.fromDer(util.createBuffer(der.toString('binary')));
}

function children(node: asn1.Asn1 | undefined): asn1.Asn1[] {
  return node && Array.isArray(node.value) ? node.value : [];
}

/** Content of a primitive node. */
function octets(node: asn1.Asn1 | undefined): Buffer {
  return node && typeof node.value === 'string' ? Buffer.from(node.value, 'binary') : Buffer.alloc(0);
}

function readOid(node: asn1.Asn1 | undefined): string {
  const encoded = octets(node);
  return encoded.length > 0 ? asn1.derToOid(util.createBuffer(encoded.toString('binary'))) : '';
}

function nameOf(names: Readonly<Record<string, string>>, oid: string): string {
  return names[oid] ?? oid;
}

function readSignatureHash(algorithm: asn1.Asn1 | undefined): string {
  const [identifier, parameters] = children(algorithm);
  const oid = readOid(identifier);
  if (oid !== RSASSA_PSS) return nameOf(SIGNATURE_HASHES, oid);
  const hash = children(parameters).find((parameter) => parameter.type === contextTags[0]);
  // RFC 8017 A.2.3: an absent hashAlgorithm means SHA-1.
  return hash ? nameOf(HASHES, readOid(children(children(hash)[0])[0])) : 'sha1';
}

/** DER of each extension's value by OID. Only those that are asked for get parsed: a private one may hold anything. */
function readExtensions(toBeSigned: asn1.Asn1 | undefined): Map<string, Buffer> {
  const explicit = children(toBeSigned).find(
    (part) => part.tagClass === asn1.Class.CONTEXT_SPECIFIC && part.type === contextTags[3],
  );
  return new Map(
    children(children(explicit)[0]).map((extension) => {
      const parts = children(extension);
      return [readOid(parts[0]), octets(parts.at(-1))];
    }),
  );
}

/** The names of one kind, by their tag in GeneralName. */
function generalNames(extension: Buffer | undefined, tag: asn1.Type): Buffer[] {
  if (extension === undefined) return [];
  return children(parse(extension))
    .filter((name) => name.type === tag)
    .map(octets);
}

function formatIpAddress(address: Buffer): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: address.length >> 1 }, (_, index) => address.readUInt16BE(index * 2));
  return groups.map((group) => group.toString(16)).join(':');
}

/** Of the BIT STRING, two octets are its tag and length and one counts the unused bits at the end. */
function readKeyUsages(extension: Buffer): string[] {
  const bits = extension.subarray(3);
  return KEY_USAGES.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

function readExtendedKeyUsages(extension: Buffer): string[] {
  return children(parse(extension)).map((usage) => nameOf(EXTENDED_KEY_USAGES, readOid(usage)));
}
