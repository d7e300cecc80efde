import { Tag } from './read';

/** One element of DER, of the content given. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), encodeLength(body.length), body]);
}

export function sequence(...elements: readonly Buffer[]): Buffer {
  return der(Tag.sequence, ...elements);
}

/** X.690 §11.6: DER sorts the members of a SET OF by their encoding. */
export function setOf(...elements: readonly Buffer[]): Buffer {
  return der(Tag.set, ...[...elements].sort((a, b) => Buffer.compare(a, b)));
}

export function octetString(content: Buffer): Buffer {
  return der(Tag.octetString, content);
}

/** `[0] EXPLICIT` */
export function explicit0(element: Buffer): Buffer {
  return der(Tag.context0, element);
}

/** A whole number from 0 to 2^47 - 1. */
export function integer(value: number): Buffer {
  const octets = Buffer.alloc(6);
  octets.writeUIntBE(value, 0, 6);
  const zeros = octets.findIndex((octet) => octet !== 0);
  const shortest = octets.subarray(zeros === -1 ? 5 : zeros);
  const isNegative = ((shortest[0] ?? 0) & 0x80) !== 0;
  return der(Tag.integer, isNegative ? Buffer.concat([Buffer.alloc(1), shortest]) : shortest);
}

export function nullValue(): Buffer {
  return der(0x05);
}

/** UTF-16, big endian; letters beyond the BMP as surrogate pairs, as Windows writes them. */
export function bmpString(text: string): Buffer {
  return der(Tag.bmpString, Buffer.from(text, 'utf16le').swap16());
}

/** A dotted identifier. */
export function objectIdentifier(dotted: string): Buffer {
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return der(Tag.objectIdentifier, Buffer.from([root * 40 + second, ...arcs].flatMap(encodeArc)));
}

/** AlgorithmIdentifier. */
export function algorithm(oid: string, parameters: Buffer): Buffer {
  return sequence(objectIdentifier(oid), parameters);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  const shortest = octets.subarray(octets.findIndex((octet) => octet !== 0));
  return Buffer.concat([Buffer.from([0x80 | shortest.length]), shortest]);
}

/** Seven bits an octet, the high bit set in all but the last. */
function encodeArc(arc: number): number[] {
  const octets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(0x80 | (rest % 128));
  return octets;
}
