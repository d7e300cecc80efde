import { Vb365Error } from '../errors';
import { Certificate } from './certificate';
import { type Asn1, childrenOf, integerOf, oidOf, parseAsn1, Tag } from '../asn1/read';
import { oids } from '../asn1/oids';
import { derOf, pemBeginnings, pemBlocks } from '../asn1/pem';
import { REQUEST_LABEL } from './x509/certificate-request';
import { decodeText } from '../system/text';

/** An authority sends a chain of some 10 kB; Windows' own list of roots has 150 kB. */
const MAX_BYTES = 1024 * 1024;
const MAX_CERTIFICATES = 200;

/** Labels go for nothing: tools of Windows write BEGIN CERTIFICATE around PKCS#7, too. */
const LABEL = /^(?:(?:X509 |TRUSTED )?CERTIFICATE|PKCS7|PKCS #7 SIGNED DATA|CMS)$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Bytes of ASN.1, and whether the file says that they are certificates. */
interface Block {
  readonly der: Buffer;
  readonly isLabelled: boolean;
}

/**
 * The certificates of a file without a private key, in its order and each once: what an authority answers a request with.
 *
 * It may be PEM, DER (`.cer`) or PKCS#7 (`.p7b`, RFC 2315 §9.1, RFC 5652 §5.1), in DER, BER, PEM or base64 alone, and
 * text may be UTF-8 or, as Windows PowerShell writes it, UTF-16.
 *
 * @returns undefined for a file of another kind, such as a PFX or one with a private key
 * @throws Vb365Error `answer-unreadable` where it says that it holds certificates, and they cannot be read
 */
export function readCertificatesOnly(bytes: Buffer): Certificate[] | undefined {
  const blocks = bytes.length > MAX_BYTES ? undefined : blocksOf(bytes);
  if (blocks === undefined) return undefined;
  const certificates: Certificate[] = [];
  for (const block of blocks) {
    const found = readBlock(block);
    if (found === undefined) return undefined;
    certificates.push(...found);
    if (certificates.length > MAX_CERTIFICATES) throw unreadable(`it holds more than ${MAX_CERTIFICATES} certificates`);
  }
  if (certificates.length === 0) throw unreadable('it holds no certificate');
  return [...new Map(certificates.map((certificate) => [certificate.thumbprintSha256, certificate])).values()];
}

/**
 * PEM text with the certificates of each PKCS#7 block in the place of the block: Windows writes `.p7b` under several labels.
 *
 * @throws Vb365Error `answer-unreadable` where a block says that it is PKCS#7, and cannot be read
 */
export function unfoldCollections(text: string): string {
  return pemBlocks(text)
    .filter((block) => LABEL.test(block.label) && tagInside(derOf(block)) === Tag.objectIdentifier)
    .reduce((unfolded, block) => {
      const certificates = readBlock({ der: derOf(block), isLabelled: true }) ?? [];
      return unfolded.replace(block.text, () => certificates.map(({ pem }) => pem).join('\n'));
    }, text);
}

function blocksOf(bytes: Buffer): Block[] | undefined {
  // In base64 a SEQUENCE begins with M, so that "0" (0x30) is never the start of text.
  if (bytes[0] === Tag.sequence) return [{ der: bytes, isLabelled: false }];
  const text = decodeText(bytes);
  if (text.includes('PRIVATE KEY-----')) return undefined;
  const labels = pemBeginnings(text);
  const beginnings = labels.filter((label) => LABEL.test(label)).length;
  if (beginnings === 0) {
    if (labels.some((label) => REQUEST_LABEL.test(label))) throw requestItself();
    const base64 = text.replace(/\s+/g, '');
    return BASE64.test(base64) ? [{ der: Buffer.from(base64, 'base64'), isLabelled: false }] : undefined;
  }
  const blocks = pemBlocks(text)
    .filter(({ label }) => LABEL.test(label))
    .map((block) => ({ der: derOf(block), isLabelled: true }));
  if (blocks.length < beginnings) throw unreadable('one of its PEM blocks is cut off');
  return blocks;
}

/** @returns undefined where the bytes are of another kind, and nothing says that they should not be */
function readBlock({ der, isLabelled }: Block): Certificate[] | undefined {
  const node = parseAsn1(der);
  const isCollection = tagInside(der) === Tag.objectIdentifier;
  if (typeof node !== 'string') {
    if (isCollection) return readSignedData(node);
    const certificate = tryCertificate(node.encoded);
    if (certificate !== undefined) return [certificate];
  }
  if (isLabelled || isCollection) throw unreadable('one of its certificates is cut off or damaged');
  return undefined;
}

/** Tag of the first element inside a SEQUENCE: PKCS#7 begins with an identifier, a PFX with a number, a certificate with a SEQUENCE. */
function tagInside(der: Buffer): number | undefined {
  const [tag, length = 0] = der;
  return tag === Tag.sequence ? der[2 + (length > 0x80 ? length & 0x7f : 0)] : undefined;
}

function tryCertificate(der: Buffer): Certificate | undefined {
  try {
    return Certificate.fromDer(der);
  } catch {
    return undefined;
  }
}

/** ContentInfo around SignedData; signatures are not asked for, since each certificate is judged by its own. */
function readSignedData(contentInfo: Asn1): Certificate[] {
  try {
    const [type, content] = childrenOf(contentInfo, Tag.sequence, 'the collection');
    if (oidOf(type, 'its type') !== oids.signedData) throw unreadable('it is PKCS#7 of another kind than signedData');
    const [signedData] = childrenOf(content, Tag.context0, 'the content');
    const [version, , , ...optional] = childrenOf(signedData, Tag.sequence, 'the signed data');
    integerOf(version, 'the version');
    const certificates = optional.find(({ tag }) => tag === Tag.context0);
    if (certificates === undefined) return [];
    // Other alternatives of CertificateChoices, RFC 5652 §10.2.2, have tags of their own.
    const ders = childrenOf(certificates, Tag.context0, 'the certificates').filter(({ tag }) => tag === Tag.sequence);
    if (ders.length > MAX_CERTIFICATES) throw unreadable(`it holds more than ${MAX_CERTIFICATES} certificates`);
    return ders.map(({ encoded }) => Certificate.fromDer(encoded));
  } catch (error) {
    if (error instanceof Vb365Error && error.code === 'answer-unreadable') throw error;
    throw unreadable('it is PKCS#7 that is cut off or damaged', error);
  }
}

function requestItself(): Vb365Error {
  return new Vb365Error('answer-unreadable', {
    message: 'the file is a certificate signing request, not the answer to one',
    cure: 'send it to the certification authority, and import the certificate that comes back',
  });
}

function unreadable(why: string, cause?: unknown): Vb365Error {
  return new Vb365Error('answer-unreadable', {
    message: `the file cannot be read as certificates: ${why}`,
    cure: 'take the certificate with its chain as PEM, DER (.cer) or PKCS#7 (.p7b), and copy it in binary mode',
    cause,
  });
}
