import { Vb365Error } from '../../errors';
import { type Asn1, childrenOf, integerOf, octetsOf, oidOf, parseAsn1, Tag } from '../../asn1/read';
import { damaged } from '../../asn1/malformed';
import { unsupported } from './errors';
import { recogniseForeign } from './foreign-formats';
import { oids } from '../../asn1/oids';
import { pemBlocks } from '../../asn1/pem';
import { asUtf8 } from '../../system/text';

/** The outermost layer of a PFX (RFC 7292 §4). */
export interface PfxEnvelope {
  /** BER of the AuthenticatedSafe: what the MAC is made over. */
  readonly content: Buffer;
  /** Undefined in a file without integrity protection. */
  readonly macData: Asn1 | undefined;
}

/** A chain with its key takes some 10 kB, the 150 roots of a Java trust store 200 kB. */
const MAX_BYTES = 1024 * 1024;

/** The base64 of such a file, with line ends and a PEM frame, in UTF-16. */
const MAX_TEXT_BYTES = MAX_BYTES * 3;

const LABEL = 'PKCS12';
/** After white space is taken out. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** INTEGER 3: the version that every PFX begins with. */
const VERSION_3 = Buffer.from([Tag.integer, 1, 3]);

/**
 * Opens the envelope of a PFX in BER, DER, base64 (REST APIs) or PEM (`certtool --to-p12`).
 *
 * Bytes behind it are passed over: transfers in text mode append line ends, and the MAC covers everything that is used.
 *
 * @throws Vb365Error `pfx-not-a-pfx`, `pfx-too-large`, `pfx-truncated`, `pfx-damaged`, `pfx-mode-unsupported`
 */
export function openEnvelope(bytes: Uint8Array): PfxEnvelope {
  if (bytes.length > MAX_TEXT_BYTES) throw tooLarge(bytes.length);
  const given = asUtf8(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const binary = fromText(given);
  if (binary.length > MAX_BYTES) throw tooLarge(binary.length);
  if (!beginsLikePfx(binary)) throw notAPfx(given);
  const pfx = parseAsn1(binary);
  if (pfx === 'truncated') {
    throw new Vb365Error('pfx-truncated', {
      message: `the file ends after ${binary.length} bytes, before the PFX does`,
      cure: 'copy the file again in binary mode, or export it again where it was made',
    });
  }
  if (pfx === 'malformed') throw damaged('its ASN.1 does not fit together');
  const [version, authenticatedSafe, macData] = childrenOf(pfx, Tag.sequence, 'the PFX');
  integerOf(version, 'the version');
  return { content: readContent(authenticatedSafe), macData };
}

function fromText(given: Buffer): Buffer {
  // In base64 a SEQUENCE begins with M, so that "0" (0x30) is never the start of a PFX in text.
  if (given[0] === Tag.sequence) return given;
  const text = given.toString('latin1');
  const block = pemBlocks(text).find(({ label }) => label === LABEL);
  const base64 = (block?.body ?? text).replace(/\s+/g, '');
  return BASE64.test(base64) ? Buffer.from(base64, 'base64') : given;
}

/** Whether the bytes are the start of a PFX, as far as they go. */
function beginsLikePfx(bytes: Buffer): boolean {
  const [tag, first = 0] = bytes;
  if (tag !== Tag.sequence) return false;
  const header = 2 + (first > 0x80 ? first & 0x7f : 0);
  const version = bytes.subarray(header, header + VERSION_3.length);
  return version.equals(VERSION_3.subarray(0, version.length));
}

/** ContentInfo: `data` is protected by a password; `signedData` would be by a certificate. */
function readContent(contentInfo: Asn1 | undefined): Buffer {
  const [type, content] = childrenOf(contentInfo, Tag.sequence, 'the authenticated safe');
  const oid = oidOf(type, 'the type of the authenticated safe');
  if (oid === oids.signedData) {
    throw unsupported(
      'pfx-mode-unsupported',
      'the file is protected by a signature; only files protected by a password are read',
    );
  }
  if (oid !== oids.data) throw damaged('the authenticated safe is of an unknown type');
  const [octets] = childrenOf(content, Tag.context0, 'the content of the authenticated safe');
  return octetsOf(octets, Tag.octetString, 'the content of the authenticated safe');
}

function notAPfx(bytes: Buffer): Vb365Error {
  const { looksLike, cure } = recogniseForeign(bytes);
  return new Vb365Error('pfx-not-a-pfx', { message: `the file is not a PFX: it ${looksLike}`, cure });
}

function tooLarge(size: number): Vb365Error {
  return new Vb365Error('pfx-too-large', {
    message: `the file has ${size} bytes; a PFX of at most ${MAX_BYTES} is read`,
    cure: 'export the certificate that is meant, with its key and chain and nothing else, to a file of its own',
  });
}
