import { damaged } from './malformed';

/** One element of BER or DER; what it contains is read on demand only, so that deep nesting costs nothing. */
export interface Asn1 {
  /** Identifier octet: class, constructed bit and number. */
  readonly tag: number;
  /** Content octets; of an indefinite length without the end marker. */
  readonly content: Buffer;
  /** The whole element, header included. */
  readonly encoded: Buffer;
}

export const Tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
  /** `[0]`, constructed. */
  context0: 0xa0,
  /** `[3]`, constructed. */
  context3: 0xa3,
} as const;

const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;
/** PKCS#12 as real tools write it nests 12 deep; an end marker has to be searched through all levels. */
const MAX_DEPTH = 32;
/** A count takes 4 at most. */
const MAX_INTEGER_OCTETS = 32;
/** Those that Windows makes of a UUID take 40; whoever makes longer ones means harm. */
const MAX_IDENTIFIER_OCTETS = 256;

interface Extent {
  readonly start: number;
  readonly stop: number;
  /** Where the next element begins. */
  readonly end: number;
}

/**
 * The first element of the bytes; what follows it is left alone.
 *
 * BER is read as well as DER, because NSS streams indefinite lengths and constructed strings.
 *
 * @returns `truncated` where more bytes are announced than there are, `malformed` where it is no ASN.1.
 */
export function parseAsn1(bytes: Buffer): Asn1 | 'truncated' | 'malformed' {
  const extent = measure(bytes, 0);
  return typeof extent === 'string' ? extent : elementAt(bytes, extent);
}

/** @throws Vb365Error `pfx-damaged` where the bytes do not begin with a whole element. */
export function readAsn1(bytes: Buffer, what: string): Asn1 {
  const node = parseAsn1(bytes);
  if (typeof node === 'string') throw damaged(`${what} is ${node} ASN.1`);
  return node;
}

/** @throws Vb365Error `pfx-damaged` where the element has no children or they do not fill it. */
export function childrenOf(node: Asn1 | undefined, tag: number, what: string): Asn1[] {
  const children: Asn1[] = [];
  let rest = expect(node, tag, what).content;
  while (rest.length > 0) {
    const child = readAsn1(rest, what);
    children.push(child);
    rest = rest.subarray(child.encoded.length);
  }
  return children;
}

/** Content of a string; one that comes in pieces (BER) is joined. `tag` is that of the primitive form. */
export function octetsOf(node: Asn1 | undefined, tag: number, what: string, depth = 0): Buffer {
  if (node === undefined || (node.tag & ~CONSTRUCTED) !== tag || depth > MAX_DEPTH) throw damaged(`${what} is missing`);
  if ((node.tag & CONSTRUCTED) === 0) return node.content;
  const pieces = childrenOf(node, node.tag, what);
  return Buffer.concat(pieces.map((piece) => octetsOf(piece, Tag.octetString, what, depth + 1)));
}

/** Dotted identifier. */
export function oidOf(node: Asn1 | undefined, what: string): string {
  const { content } = expect(node, Tag.objectIdentifier, what);
  if (content.length === 0 || content.length > MAX_IDENTIFIER_OCTETS)
    throw damaged(`${what} holds no object identifier`);
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    // An arc below 2.25 is a UUID: more than a number holds.
    arc = arc * 128n + BigInt(octet & 0x7f);
    if ((octet & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...others] = arcs;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...others].join('.');
}

/** A number that is not negative. */
export function integerOf(node: Asn1 | undefined, what: string): number {
  const { content } = expect(node, Tag.integer, what);
  const negative = ((content[0] ?? 0x80) & 0x80) !== 0;
  if (negative || content.length > MAX_INTEGER_OCTETS) throw damaged(`${what} is no count`);
  return Number(BigInt(`0x${content.toString('hex')}`));
}

function expect(node: Asn1 | undefined, tag: number, what: string): Asn1 {
  if (node?.tag !== tag) throw damaged(`${what} is missing`);
  return node;
}

function elementAt(bytes: Buffer, { start, stop, end }: Extent): Asn1 {
  return { tag: bytes[0] ?? 0, content: bytes.subarray(start, stop), encoded: bytes.subarray(0, end) };
}

function measure(bytes: Buffer, depth: number): Extent | 'truncated' | 'malformed' {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return 'truncated';
  // Tag numbers above 30 take further octets; nothing that is read here has any.
  if (tag === 0 || (tag & 0x1f) === 0x1f || depth > MAX_DEPTH) return 'malformed';
  if (first === INDEFINITE) return (tag & CONSTRUCTED) === 0 ? 'malformed' : measureIndefinite(bytes, depth);

  const octets = first < INDEFINITE ? 0 : first & 0x7f;
  if (octets > 4) return 'malformed';
  if (bytes.length < 2 + octets) return 'truncated';
  const start = 2 + octets;
  const stop = start + (octets === 0 ? first : bytes.readUIntBE(2, octets));
  return stop > bytes.length ? 'truncated' : { start, stop, end: stop };
}

/** The end is where two zero octets stand in the place of an element. */
function measureIndefinite(bytes: Buffer, depth: number): Extent | 'truncated' | 'malformed' {
  const start = 2;
  let stop = start;
  while (bytes[stop] !== 0 || bytes[stop + 1] !== 0) {
    const child = measure(bytes.subarray(stop), depth + 1);
    if (typeof child === 'string') return child;
    stop += child.end;
  }
  return { start, stop, end: stop + 2 };
}
