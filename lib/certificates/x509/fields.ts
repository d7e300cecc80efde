import { damaged } from '../../asn1/malformed';
import { hashNames, namesOf, oids } from '../../asn1/oids';
import { type Asn1, childrenOf, octetsOf, oidOf, readAsn1, Tag } from '../../asn1/read';

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

/** RSASSA-PSS names its hash in the parameters. */
const SIGNATURE_HASHES: Readonly<Record<string, string>> = {
  [oids.md2WithRsa]: 'md2',
  [oids.md5WithRsa]: 'md5',
  [oids.sha1WithRsa]: 'sha1',
  [oids.sha1WithRsaOfOiw]: 'sha1',
  [oids.sha224WithRsa]: 'sha224',
  [oids.sha256WithRsa]: 'sha256',
  [oids.sha384WithRsa]: 'sha384',
  [oids.sha512WithRsa]: 'sha512',
  [oids.sha512Of224WithRsa]: 'sha512-224',
  [oids.sha512Of256WithRsa]: 'sha512-256',
  [oids.dsaWithSha1]: 'sha1',
  [oids.ecdsaWithSha1]: 'sha1',
  [oids.ecdsaWithSha224]: 'sha224',
  [oids.ecdsaWithSha256]: 'sha256',
  [oids.ecdsaWithSha384]: 'sha384',
  [oids.ecdsaWithSha512]: 'sha512',
  [oids.ed25519]: 'none',
  [oids.ed448]: 'none',
};

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

const EXTENDED_KEY_USAGES = namesOf(
  'anyExtendedKeyUsage',
  'serverAuth',
  'clientAuth',
  'codeSigning',
  'emailProtection',
  'timeStamping',
);

/** Alternatives of GeneralName, RFC 5280 §4.2.1.6: `[2]` and `[7]`. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const WHAT = 'the certificate';

/**
 * Reads the DER of a certificate that node's `X509Certificate` has already accepted.
 *
 * @throws Error where the ASN.1 is not that of a certificate; `Certificate` turns it into a coded error.
 */
export function readX509Fields(der: Buffer): X509Fields {
  const [toBeSigned, signatureAlgorithm] = childrenOf(readAsn1(der, WHAT), Tag.sequence, WHAT);
  const extensions = readExtensions(toBeSigned);
  const names = extensions.get(oids.subjectAlternativeName);
  const keyUsage = extensions.get(oids.keyUsage);
  const extendedKeyUsage = extensions.get(oids.extendedKeyUsage);
  return {
    signatureHash: readSignatureHash(signatureAlgorithm),
    dnsNames: generalNames(names, DNS_NAME).map((name) => name.toString('latin1')),
    ipAddresses: generalNames(names, IP_ADDRESS).map(formatIpAddress),
    keyUsages: keyUsage && readKeyUsages(keyUsage),
    extendedKeyUsages: extendedKeyUsage && readExtendedKeyUsages(extendedKeyUsage),
  };
}

function readSignatureHash(algorithm: Asn1 | undefined): string {
  const [identifier, parameters] = childrenOf(algorithm, Tag.sequence, WHAT);
  const oid = oidOf(identifier, WHAT);
  if (oid !== oids.rsassaPss) return SIGNATURE_HASHES[oid] ?? oid;
  const hash = parameters && childrenOf(parameters, Tag.sequence, WHAT).find(({ tag }) => tag === Tag.context0);
  // RFC 8017 A.2.3: an absent hashAlgorithm means SHA-1.
  if (hash === undefined) return 'sha1';
  const [hashAlgorithm] = childrenOf(hash, Tag.context0, WHAT);
  const hashOid = oidOf(childrenOf(hashAlgorithm, Tag.sequence, WHAT)[0], WHAT);
  return hashNames[hashOid] ?? hashOid;
}

/** DER of each extension's value by identifier. Only those that are asked for get parsed: a private one may hold anything. */
function readExtensions(toBeSigned: Asn1 | undefined): Map<string, Buffer> {
  const explicit = childrenOf(toBeSigned, Tag.sequence, WHAT).find(({ tag }) => tag === Tag.context3);
  const extensions = explicit && childrenOf(explicit, Tag.context3, WHAT)[0];
  return new Map(
    (extensions ? childrenOf(extensions, Tag.sequence, WHAT) : []).map((extension) => {
      const parts = childrenOf(extension, Tag.sequence, WHAT);
      return [oidOf(parts[0], WHAT), octetsOf(parts.at(-1), Tag.octetString, WHAT)];
    }),
  );
}

/** The names of one kind, by their tag in GeneralName. */
function generalNames(extension: Buffer | undefined, kind: number): Buffer[] {
  return membersOf(extension)
    .filter(({ tag }) => tag === kind)
    .map(({ content }) => content);
}

function membersOf(extension: Buffer | undefined): Asn1[] {
  return extension === undefined ? [] : childrenOf(readValue(extension), Tag.sequence, WHAT);
}

/** Nothing may stand behind it: nobody would see that. */
function readValue(extension: Buffer): Asn1 {
  const value = readAsn1(extension, WHAT);
  if (value.encoded.length !== extension.length) throw damaged(`${WHAT} has more than one value in an extension`);
  return value;
}

function formatIpAddress(address: Buffer): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: address.length >> 1 }, (_, index) => address.readUInt16BE(index * 2));
  return groups.map((group) => group.toString(16)).join(':');
}

/** The first octet counts the unused bits at the end. */
function readKeyUsages(extension: Buffer): string[] {
  const bits = octetsOf(readValue(extension), Tag.bitString, WHAT).subarray(1);
  return KEY_USAGES.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

function readExtendedKeyUsages(extension: Buffer): string[] {
  return membersOf(extension).map((usage) => {
    const oid = oidOf(usage, WHAT);
    return EXTENDED_KEY_USAGES[oid] ?? oid;
  });
}
