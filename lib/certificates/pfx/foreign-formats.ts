import { X509Certificate } from 'node:crypto';
import { pemBeginnings } from '../../asn1/pem';

/** What a file that is no PFX looks like, and what to do with it. */
export interface ForeignFormat {
  /** Continues "it …": `is a ZIP archive`. */
  readonly looksLike: string;
  readonly cure: string;
}

const EXPORT = 'export the certificate with its private key as a PFX (.pfx or .p12)';
const EXTRACT = 'extract the PFX from it first';

const SIGNATURES: readonly (ForeignFormat & { readonly magic: readonly number[] })[] = [
  {
    magic: [0xfe, 0xed, 0xfe, 0xed],
    looksLike: 'is a Java keystore (JKS)',
    cure: 'convert it: keytool -importkeystore -srckeystore old.jks -destkeystore new.p12 -deststoretype PKCS12',
  },
  {
    magic: [0xce, 0xce, 0xce, 0xce],
    looksLike: 'is a Java keystore (JCEKS)',
    cure: 'convert it: keytool -importkeystore -srckeystore old.jceks -srcstoretype JCEKS -destkeystore new.p12 -deststoretype PKCS12',
  },
  { magic: [0x50, 0x4b, 0x03, 0x04], looksLike: 'is a ZIP archive', cure: EXTRACT },
  { magic: [0x1f, 0x8b], looksLike: 'is compressed with gzip', cure: EXTRACT },
  { magic: [0x25, 0x50, 0x44, 0x46], looksLike: 'is a PDF document', cure: EXPORT },
];

/** PKCS#7 signedData as the first thing in a SEQUENCE: a `.p7b`. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');

/** Looks at the first bytes only, apart from certificates, which are parsed. */
export function recogniseForeign(bytes: Buffer): ForeignFormat {
  if (bytes.length === 0) return { looksLike: 'is empty', cure: 'copy the file again, or export it again' };
  const known = SIGNATURES.find(({ magic }) => magic.every((octet, index) => bytes[index] === octet));
  return known ?? recognisePem(bytes) ?? recogniseAsn1(bytes) ?? recogniseText(bytes);
}

function recognisePem(bytes: Buffer): ForeignFormat | undefined {
  const [label] = pemBeginnings(bytes.toString('latin1', 0, 65_536));
  if (label === undefined) return undefined;
  return {
    looksLike: `is PEM text (BEGIN ${label})`,
    cure: 'import certificate and private key as PEM, or convert them: openssl pkcs12 -export -in certificate.pem -inkey key.pem -out new.pfx',
  };
}

function recogniseAsn1(bytes: Buffer): ForeignFormat | undefined {
  if (isCertificate(bytes)) return { looksLike: 'is a certificate in DER, without a private key', cure: EXPORT };
  if (bytes[0] !== 0x30) return undefined;
  return bytes.subarray(0, 32).includes(SIGNED_DATA)
    ? { looksLike: 'is a collection of certificates (PKCS#7, .p7b), without a private key', cure: EXPORT }
    : { looksLike: 'begins like ASN.1 of another kind', cure: EXPORT };
}

function isCertificate(bytes: Buffer): boolean {
  try {
    return new X509Certificate(bytes).raw.length > 0;
  } catch {
    return false;
  }
}

function recogniseText(bytes: Buffer): ForeignFormat {
  const isText = bytes.subarray(0, 512).every((octet) => octet >= 0x20 || (octet >= 0x09 && octet <= 0x0d));
  return { looksLike: isText ? 'is text' : 'is binary data of an unknown kind', cure: EXPORT };
}
