import { isObject, type JsonObject, textOf } from './json-values';

/** Where a private key stands in a plan; never what it is. */
export interface PrivateKeyPlace {
  /** Of the resource; the section of the plan where it is none: `variables`. */
  readonly address: string;
  /** Path below it: `change.after.value`. */
  readonly path: string;
}

/** No encoding of a private key is shorter: PKCS#8 of the shortest one, Ed25519, has 64 characters as base64. */
const SHORTEST = 48;

export const REMOVED = '(private key)';

/** What a key may hold, looked for first: nearly every text of a plan holds none of it. */
const WORDS = /PRIVATE|AGE-(?:SECRET-KEY|PLUGIN)|age-(?:secret-key|plugin)|Private-Lines|kty|<D>/;
const ENCODED = /\bM[A-P]|[A-Za-z0-9+/_-]{40}|(?:[0-9A-Fa-f]{2}[\s:]){20}/;

/** What most of the long texts are. */
const CERTIFICATE =
  /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/]{32})[A-Za-z0-9+/\n]*={0,2}\n-----END CERTIFICATE-----\n?$/;

/** OpenPGP writes a word behind it; SSH2 (RFC 4716) writes four hyphens and blanks. */
const PEM = /-{4,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)? ?-{4,5}/;

/** The same as a part of an address: blanks are `%20` or `+`. */
const PERCENT_ENCODED_PEM = /BEGIN[A-Z0-9%+]{0,60}PRIVATE(?:%(?:25)*20|\+)KEY/;

/** PuTTY's own format. */
const PUTTY = /^Private-Lines: /m;

/** Of .NET: the private exponent of `RSAKeyValue`. */
const XML = /<D>[A-Za-z0-9+/=\s]{40,}<\/D>/;

/** Bech32 is valid in either case. */
const AGE = /AGE-(?:SECRET-KEY-(?:[A-Z0-9]+-)?1|PLUGIN-[A-Z0-9]+-1)[A-Z0-9]{6}/i;

/** RFC 7517: the members of a JSON Web Key in a text, whose quotes may be escaped. */
const KEY_TYPE = /["']kty\\*["']/;
const PRIVATE_VALUE = /["']d\\*["']\s*:/;

/** Base64 of a DER sequence: its first byte, 0x30, makes an M. */
const BASE64_SEQUENCE = /(?:^|[^A-Za-z0-9+/_-])(M[A-P][A-Za-z0-9+/_-]{22,})/g;

/** Whatever may be base64, over line ends, which may be escaped; and hexadecimal, with what people write between the bytes. */
const BASE64 = /[A-Za-z0-9+/_-]{40,}(?:(?:\r?\n|\\r\\n|\\n)[A-Za-z0-9+/_-]+)*/g;
const HEXADECIMAL = /(?:[0-9a-f]{2}[\s:]?){40,}/gi;

/** Somebody encodes once, a tool once more, and Terraform's `base64encode` a third time. */
const MOST_LAYERS = 3;

/**
 * The beginnings of private keys in DER, as hexadecimal behind the length of the outer sequence: PKCS#1 and PKCS#8 (version 0),
 * SEC1 and PKCS#8 (version 1), PFX (version 3), and PKCS#8 that is encrypted by a scheme of PKCS#5 or PKCS#12.
 */
const DER =
  /^30(?:[0-7].|81..|82.{4}|83.{6})(?:020100(?:30|02)|020101(?:30|04)|02010330|30(?:[0-7].|81..)06(?:09|0a)2a864886f70d01(?:05|0c))/;

/** The byte that every structure of DER begins with. */
const SEQUENCE = 0x30;

/** Tab, line ends, and what Latin-1 prints. */
const PRINTED: ReadonlySet<number> = new Set(
  Array.from({ length: 256 }, (_, byte) => byte).filter((byte) =>
    /[\t\r\n\x20-\x7E\xA0-\xFF]/.test(String.fromCharCode(byte)),
  ),
);

/** Bytes of the shortest prime of an RSA key that anybody may still use: 2,048 bits have two of 128. */
const SHORTEST_PRIME = 96;

/** Deeper than any module of Terraform, and than what anybody would write; far less than what overflows a stack. */
const DEEPEST = 1000;

/** What is to be known of a plan before anything of it is read. */
export interface Inspection {
  /** PEM, DER as base64 or hexadecimal, a PFX, an age identity, a JSON Web Key: anywhere, also in names. */
  readonly holdsPrivateKey: boolean;
  /** Whether it is nested so deeply that no program of Terraform has written it. */
  readonly isTooDeep: boolean;
}

/** A plan is large and holds no private key: so it is looked through once, without keeping track of places. */
export function inspect(json: unknown): Inspection {
  let [holds, tooDeep] = [false, false];
  // Addresses and certificates stand in a plan four times: before, after, and in its state and configuration.
  const harmless = new Set<string>();
  const look = (text: string): void => {
    if (holds || harmless.has(text)) return;
    holds = holdsPrivateKey(text);
    harmless.add(text);
  };
  const visit = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      if (value.length >= SHORTEST) look(value);
    } else if (typeof value === 'object' && value !== null) {
      if (depth > DEEPEST) {
        tooDeep = true;
      } else if (Array.isArray(value)) {
        for (const entry of value) visit(entry, depth + 1);
      } else if (isObject(value)) {
        visitObject(value, depth);
      }
    }
  };
  const visitObject = (value: JsonObject, depth: number): void => {
    holds ||= isJsonWebKey(value);
    for (const key in value) {
      if (key.length >= SHORTEST) look(key);
      visit(value[key], depth + 1);
    }
  };
  visit(json, 0);
  return { holdsPrivateKey: holds, isTooDeep: tooDeep };
}

/** A copy in which no private key stands any more, and where they stood. */
export function withoutPrivateKeys(json: unknown): {
  readonly cleaned: unknown;
  readonly places: readonly PrivateKeyPlace[];
} {
  const places: PrivateKeyPlace[] = [];
  const root: { value?: unknown } = {};
  const work: Work[] = [{ value: json, target: root, key: 'value', address: '', path: '' }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { address, key, path, target, value } = next;
    if (typeof value === 'string' ? holdsPrivateKey(value) : isJsonWebKey(value)) {
      places.push({ address, path });
      define(target, key, REMOVED);
    } else if (Array.isArray(value)) {
      const list: unknown[] = [];
      define(target, key, list);
      value.forEach((entry: unknown, index) => {
        work.push({ value: entry, target: list, key: String(index), address, path: `${path}[${index}]` });
      });
    } else if (isObject(value)) {
      const copy = {};
      define(target, key, copy);
      for (const entry of entriesOf(value, copy, next, places)) work.push(entry);
    } else {
      define(target, key, value);
    }
  }
  return { cleaned: root.value, places: places.reverse() };
}

/** A value that is yet to be copied, and where it goes. */
interface Work {
  readonly value: unknown;
  readonly target: object;
  readonly key: string;
  readonly address: string;
  readonly path: string;
}

function entriesOf(value: JsonObject, target: object, { address, path }: Work, places: PrivateKeyPlace[]): Work[] {
  const own = textOf(value.address);
  const below = own === undefined || holdsPrivateKey(own) ? { address, path } : { address: own, path: '' };
  return Object.entries(value).map(([name, entry]) => {
    const isSecret = holdsPrivateKey(name);
    const key = isSecret ? REMOVED : name;
    const place =
      below.address === '' ? { address: key, path: '' } : { address: below.address, path: joined(below.path, key) };
    if (isSecret) places.push(place);
    return { value: entry, target, key, ...place };
  });
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** As JSON.parse does it: `__proto__` is a key like any other. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function isJsonWebKey(value: unknown): boolean {
  return isObject(value) && typeof value.kty === 'string' && typeof value.d === 'string' && value.d !== '';
}

/** Whether a text is a private key, or one stands in it, also in base64 or hexadecimal. */
export function holdsPrivateKey(text: string): boolean {
  return text.length >= SHORTEST && holds(text, MOST_LAYERS);
}

/** @param layers how many encodings are looked through */
function holds(text: string, layers: number): boolean {
  const isNamed = WORDS.test(text);
  if (isNamed && holdsWritten(text)) return true;
  if (!isNamed && !ENCODED.test(text)) return false;
  const [, beginning] = CERTIFICATE.exec(text) ?? [];
  if (beginning !== undefined) return isDer(Buffer.from(beginning, 'base64'));
  for (const [, token = ''] of text.matchAll(BASE64_SEQUENCE)) {
    if (isDer(Buffer.from(token.slice(0, 32), 'base64'))) return true;
  }
  if (layers === 0) return false;
  for (const [token] of text.matchAll(BASE64)) {
    if (holdsBytes(Buffer.from(token.replaceAll(/\\[rn]/g, ''), 'base64'), layers)) return true;
  }
  for (const [token] of text.matchAll(HEXADECIMAL)) {
    if (holdsBytes(Buffer.from(token.replaceAll(/[\s:]/g, ''), 'hex'), layers)) return true;
  }
  return false;
}

/** A key whose format says in words what it is. */
function holdsWritten(text: string): boolean {
  if ([PEM, PERCENT_ENCODED_PEM, AGE, PUTTY, XML].some((pattern) => pattern.test(text))) return true;
  return KEY_TYPE.test(text) && PRIVATE_VALUE.test(text);
}

function holdsBytes(bytes: Buffer, layers: number): boolean {
  if (isDer(bytes) || holdsPrimes(bytes)) return true;
  return isPrinted(bytes) && holds(bytes.toString('latin1').replaceAll('\0', ''), layers - 1);
}

function isDer(bytes: Buffer): boolean {
  return bytes[0] === SEQUENCE && DER.test(bytes.toString('hex', 0, 24));
}

/**
 * What is decoded and no text is not looked at as one: that is cheaper, and chance writes no sentences. Of UTF-16, every other
 * byte is zero.
 */
function isPrinted(bytes: Buffer): boolean {
  let printed = 0;
  for (const byte of bytes) {
    if (byte === 0) continue;
    if (!PRINTED.has(byte)) return false;
    printed += 1;
    if (printed === 64) break;
  }
  return true;
}

/** Two long numbers of one length behind each other are the primes of a key whose beginning was cut off. */
function holdsPrimes(der: Buffer): boolean {
  for (let start = der.indexOf(2); start >= 0; start = der.indexOf(2, start + 1)) {
    const first = longInteger(der, start);
    const second = first && longInteger(der, first.end);
    if (first && second && Math.abs(first.length - second.length) < 2) return true;
  }
  return false;
}

function longInteger(der: Buffer, start: number): { readonly length: number; readonly end: number } | undefined {
  if (start + 4 > der.length || der[start] !== 2) return undefined;
  const size = der[start + 1] === 0x81 ? 1 : der[start + 1] === 0x82 ? 2 : 0;
  if (size === 0) return undefined;
  const length = der.readUIntBE(start + 2, size);
  return length < SHORTEST_PRIME ? undefined : { length, end: start + 2 + size + length };
}
