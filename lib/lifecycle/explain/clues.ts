import { formatAuthority, urlPartsOf } from '../../addresses/url-parts';
import { thumbprintDigits } from '../../certificates/thumbprint';

/** What a text says that can be looked up; nothing else of it is ever printed, as it may hold secrets. */
export interface Clue {
  /** The number behind `AADSTS`; undefined where the text has none. */
  readonly code: number | undefined;
  /** SHA-1 or SHA-256 in upper-case hex, of which the text says that they are thumbprints. */
  readonly thumbprints: readonly string[];
  /** The same, for what looks like a thumbprint: it counts where the keystore knows it. */
  readonly possibleThumbprints: readonly string[];
  /** Lower case: client ids and tenant ids among them, and ids of requests. */
  readonly uuids: readonly string[];
  /** Scheme, host, port and path. */
  readonly redirectUri: string | undefined;
}

const CODE = /AADSTS[ :]?(\d{4,8})(?!\d)/gi;
/** Where the codes of an answer stand as numbers: `"error_codes":[700027]`, `error?code=700027`. */
const OTHER_CODES = /"?error_codes"?\s*:\s*\[\s*(\d{4,8})|\berror\?code=(\d{4,8})(?!\d)/gi;
const UUID = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi;
/** Bytes with the same character between all of them, or with none. */
const HEX =
  /(?<![0-9a-z])[0-9a-f]{2}([: -]?)(?:(?:[0-9a-f]{2}\1){30}|(?:[0-9a-f]{2}\1){18})[0-9a-f]{2}(?![0-9a-z]|\1[0-9a-f]{2}(?![0-9a-z]))/gi;
/** 20 or 32 bytes, without regard to padding. */
const BASE64 = /(?<![\w+/-])(?:[\w+/-]{43}|[\w+/-]{27})(?![\w+/-])/g;
const JWT = /(?<![\w-])(eyJ[\w-]{10,4000})\.[\w.-]*/g;
const REDIRECT_URI = /(?:redirect URI|reply (?:URL|address))\s*'([^']{1,2000})'/i;
const SAYS_THUMBPRINT = /(?:thumbprint|fingerprint|x5t(?:#S256)?|kid)[\s\w()-]{0,40}["']?[\s:=]*["']?$/i;

/** AADSTS700027: what is refused is a certificate. */
const CERTIFICATE_REFUSED = 700_027;

/** How far before a thumbprint its name may stand. */
const CONTEXT = 100;

/**
 * What a message, a line of a log or the JSON of an answer says: one clue for each code, with what stands between it and the next
 * code, or one without a code.
 */
export function findClues(text: string): Clue[] {
  const plain = plainText(text);
  const marks = [...plain.matchAll(CODE)].map((match) => ({ code: Number(match[1]), from: match.index }));
  const others = otherMarks(plain);
  if (marks.length === 0) return others.length === 0 ? [clueOf(undefined, plain)] : cluesBetween(others, plain);
  // The numbers of an answer say the codes of its text again.
  const said = new Set(marks.map(({ code }) => code));
  const unsaid = new Set(others.map(({ code }) => code).filter((code) => !said.has(code)));
  return [...cluesBetween(marks, plain), ...[...unsaid].map((code) => clueOf(code, ''))];
}

/** A code, and where it stands. */
interface Mark {
  readonly code: number;
  readonly from: number;
}

/** Every part of the text belongs to one code: a long log is read once. */
function cluesBetween(marks: readonly Mark[], plain: string): Clue[] {
  // What stands before the first code belongs to it: the header of a token, or the beginning of a line.
  return marks.map(({ code, from }, index) =>
    clueOf(code, plain.slice(index === 0 ? 0 : from, marks[index + 1]?.from)),
  );
}

/** Without the escapes of JSON, HTML and URLs, and with the header of a token in its place. */
function plainText(text: string): string {
  return text
    .replace(/(?<!\\)\\{1,16}u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/(?<!\\)\\{1,16}[rnt]/g, ' ')
    .replace(/(?<!\\)\\{1,16}(["'/])/g, '$1')
    .replace(/%([2-7][0-9a-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/&(?:#39|#x27|apos);/gi, "'")
    .replace(/&(?:#34|quot);/gi, '"')
    .replace(/\p{Cf}/gu, '')
    .replace(JWT, (_, header: string) => Buffer.from(header, 'base64url').toString('utf8'));
}

/** Codes without `AADSTS` before them; a number alone is one too. */
function otherMarks(plain: string): Mark[] {
  const [alone] = /^\s*\d{5,8}\s*$/.exec(plain) ?? [];
  if (alone !== undefined) return [{ code: Number(alone), from: 0 }];
  return [...plain.matchAll(OTHER_CODES)].map((match) => ({
    code: Number(match[1] ?? match[2]),
    from: match.index,
  }));
}

function clueOf(code: number | undefined, part: string): Clue {
  const hex = [...part.matchAll(HEX)].map((match) => ({ match, value: thumbprintDigits(match[0]) }));
  const base64 = [...part.matchAll(BASE64)].map((match) => ({ match, value: fromBase64(match[0]) }));
  const named = [...hex, ...base64].filter(({ match }) => isNamed(match, part));
  // Somebody who gives nothing else means it; in base64 it could as well be a password.
  const meant = hex.filter(
    ({ match }) => part.trim() === match[0] || (code === CERTIFICATE_REFUSED && isGiven(match, part)),
  );
  return {
    code,
    thumbprints: distinct([...named, ...meant].map(({ value }) => value)),
    possibleThumbprints: distinct([...hex, ...base64].map(({ value }) => value)),
    uuids: distinct([...part.matchAll(UUID)].map(([uuid]) => uuid.toLowerCase())),
    redirectUri: redirectUriOf(part),
  };
}

function isNamed({ index }: RegExpExecArray, part: string): boolean {
  return SAYS_THUMBPRINT.test(part.slice(Math.max(0, index - CONTEXT), index));
}

/** In quotes, as Entra writes it, or with nothing else but the code: another number of as many digits may be that of a commit. */
function isGiven({ 0: text, index }: RegExpExecArray, part: string): boolean {
  return /['"(]$/.test(part.slice(0, index)) || !/[a-z0-9]/i.test(part.replace(text, '').replace(CODE, ''));
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('hex').toUpperCase();
}

/** Without a query, which may hold a code of the sign-in. */
function redirectUriOf(part: string): string | undefined {
  const [, address = ''] = REDIRECT_URI.exec(part) ?? [];
  const parts = urlPartsOf(address);
  if (parts === undefined || !/^https?$/.test(parts.scheme)) return undefined;
  const path = parts.tail.replace(/[?#].*$/, '');
  return `${parts.scheme}://${formatAuthority(parts.hostName, parts.port)}${path === '' ? '/' : path}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
