/** One block of PEM, RFC 7468. */
export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY` … */
  readonly label: string;
  /** What stands between the two lines; base64, and in old encrypted keys headers above it. */
  readonly body: string;
  /** Of the block, from BEGIN to the end of END. */
  readonly text: string;
}

const HYPHENS = '-----';
/** Those at the end may be those of the next frame. */
const BEGIN = /-----BEGIN ([A-Z0-9 #]{1,40})(?=-----)/g;
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;

/**
 * Every whole block of a text, in its order; whatever stands around them is passed over. A body never holds five hyphens.
 *
 * Not by one regular expression: it would need a stack as deep as a body is long.
 */
export function pemBlocks(text: string): PemBlock[] {
  return Array.from(text.matchAll(BEGIN), (match) => blockAt(text, match)).filter((block) => block !== undefined);
}

/** The first block of a label, where it is whole. */
export function firstPemBlock(text: string, label: string): PemBlock | undefined {
  const begin = `-----BEGIN ${label}`;
  const index = text.indexOf(begin + HYPHENS);
  return index < 0 ? undefined : blockAt(text, { 0: begin, 1: label, index });
}

function blockAt(
  text: string,
  { 0: begin, 1: label = '', index }: { readonly 0: string; readonly 1?: string; readonly index: number },
): PemBlock | undefined {
  const start = index + begin.length + HYPHENS.length;
  const stop = text.indexOf(HYPHENS, start);
  const end = `-----END ${label}-----`;
  if (stop < 0 || !text.startsWith(end, stop)) return undefined;
  return { label, body: text.slice(start, stop), text: text.slice(index, stop + end.length) };
}

/** Labels of all beginnings, of blocks that are cut off as well. */
export function pemBeginnings(text: string): string[] {
  return Array.from(text.matchAll(BEGIN), ([, label = '']) => label);
}

/** Whether a private key begins in a text, whole or cut off. */
export function hasPrivateKey(text: string): boolean {
  return PRIVATE_KEY.test(text);
}

/** Octets of a block; what is no base64 is passed over. */
export function derOf({ body }: PemBlock): Buffer {
  return Buffer.from(body, 'base64');
}

/** PEM with `\n` between its lines and none at the end. */
export function toPem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}
