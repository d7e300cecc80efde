/** One block of PEM, RFC 7468. */
export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY` … */
  readonly label: string;
  /** What stands between the two lines; base64, and in old encrypted keys headers above it. */
  readonly body: string;
  /** Of the block, from BEGIN to the end of END. */
  readonly text: string;
}

/** A body never holds five hyphens; saying so keeps the search linear in a text full of beginnings. */
const BLOCK = /-----BEGIN ([A-Z0-9 #]{1,40})-----((?:[^-]|-(?!----))*)-----END \1-----/g;
const BEGIN = /-----BEGIN ([A-Z0-9 #]{1,40})-----/g;
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;

/** Every whole block of a text, in its order; whatever stands around them is passed over. */
export function pemBlocks(text: string): PemBlock[] {
  return Array.from(text.matchAll(BLOCK), ([block, label = '', body = '']) => ({ label, body, text: block }));
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
