import { formatAuthority, urlPartsOf } from '../../addresses/url-parts';
import { namedErrors } from '../../catalogue/named-errors';
import { thumbprintDigits } from '../../certificates/thumbprint';
import { type Evidence, evidenceOf } from './evidence';
import { plainText } from './plain-text';

/** What a text says that can be looked up; nothing else of it is ever printed, as it may hold secrets. */
export interface Clue {
  /** The number behind `AADSTS`, or the name of another error; undefined where the text has neither. */
  readonly code: number | string | undefined;
  /** SHA-1 or SHA-256 in upper-case hex, of which the text says that they are thumbprints. */
  readonly thumbprints: readonly string[];
  /** The same, for what looks like a thumbprint: it counts where the keystore knows it. */
  readonly possibleThumbprints: readonly string[];
  /** Lower case: client ids and tenant ids among them, and ids of requests. */
  readonly uuids: readonly string[];
  /** Scheme, host, port and path. */
  readonly redirectUri: string | undefined;
  readonly evidence: Evidence;
}

const CODE = /AADSTS[ :]?(\d{4,8})(?!\d)/gi;
/** Where the codes of an answer stand as numbers: `"error_codes":[700027]`, `error?code=700027`, `"errorCode": 700027`. */
const OTHER_CODES =
  /"?error_codes"?\s*:\s*\[\s*(\d{4,8})|\berror\?code=(\d{4,8})(?!\d)|"?error_?code"?\s*[:=]\s*"?(\d{5,8})(?!\d)|\bsign-in error code:?\s{1,9}(\d{5,8})(?!\d)/gi;
const UUID = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi;
/** Bytes with the same character between all of them, or with none. */
const HEX =
  /(?<![0-9a-z])[0-9a-f]{2}([: -]?)(?:(?:[0-9a-f]{2}\1){30}|(?:[0-9a-f]{2}\1){18})[0-9a-f]{2}(?![0-9a-z]|\1[0-9a-f]{2}(?![0-9a-z]))/gi;
/** 20 or 32 bytes, without regard to padding. */
const BASE64 = /(?<![\w+/-])(?:[\w+/-]{43}|[\w+/-]{27})(?![\w+/-])/g;
const REDIRECT_URI = /(?:redirect[\s+]URI|reply[\s+](?:URL|address))[\s+]*'([^']{1,2000})'/i;
const SAYS_THUMBPRINT = /(?:thumbprint|fingerprint|x5t(?:#S256)?|kid)[\s\w()+-]{0,40}["']?[\s:=]*["']?$/i;

/** AADSTS700027: what is refused is a certificate. */
const CERTIFICATE_REFUSED = 700_027;

/** How far before its code, and behind it, a message reaches, in characters: the header of a token has 4,000. */
const LONGEST_HEAD = 8_192;
export const LONGEST_TAIL = 65_536;

/** How far before a thumbprint its name may stand. */
const CONTEXT = 100;

/**
 * What a message, a line of a log or the JSON of an answer says: one clue for each code, with what stands between it and the next
 * code, or one without a code.
 */
export function findClues(text: string): Clue[] {
  const plain = plainText(text);
  const marks = [...codeMarks(plain), ...namedMarks(plain)].sort((one, other) => one.from - other.from);
  const others = otherMarks(plain);
  if (marks.length === 0) return others.length === 0 ? [clueOf(undefined, plain)] : cluesBetween(others, plain);
  // The numbers of an answer say the codes of its text again.
  const said = new Set(marks.map(({ code }) => code));
  const unsaid = new Set(others.map(({ code }) => code).filter((code) => !said.has(code)));
  return [...cluesBetween(marks, plain), ...[...unsaid].map((code) => clueOf(code, ''))];
}

/** Where the last code of a text stands; undefined where it has none. */
export function lastMark(text: string): number | undefined {
  const marks = [...codeMarks(text), ...namedMarks(text), ...otherMarks(text)].map(({ from }) => from);
  return marks.length === 0 ? undefined : marks.reduce((one, other) => Math.max(one, other));
}

/** A code, and where it stands. */
interface Mark {
  readonly code: number | string;
  readonly from: number;
}

/** Every part of the text belongs to one code: a long log is read once. */
function cluesBetween(marks: readonly Mark[], plain: string): Clue[] {
  // What stands before the first code belongs to it: the header of a token, or the beginning of a line.
  return marks.map(({ code, from }, index) => {
    const start = index === 0 ? Math.max(0, from - LONGEST_HEAD) : from;
    // Terraform names the resource behind the error, and an answer its thumbprint: not a page later.
    return clueOf(code, plain.slice(start, Math.min(marks[index + 1]?.from ?? plain.length, from + LONGEST_TAIL)));
  });
}

function codeMarks(plain: string): Mark[] {
  return [...plain.matchAll(CODE)].map((match) => ({ code: Number(match[1]), from: match.index }));
}

function namedMarks(plain: string): Mark[] {
  return namedErrors.flatMap(({ name, pattern }) =>
    Array.from(plain.matchAll(pattern), ({ index }) => ({ code: name, from: index })),
  );
}

/** Codes without `AADSTS` before them; a number alone is one too. */
function otherMarks(plain: string): Mark[] {
  const [alone] = /^\s*\d{5,8}\s*$/.exec(plain) ?? [];
  if (alone !== undefined) return [{ code: Number(alone), from: 0 }];
  return [...plain.matchAll(OTHER_CODES)].map((match) => ({
    code: Number(match[1] ?? match[2] ?? match[3] ?? match[4]),
    from: match.index,
  }));
}

function clueOf(code: number | string | undefined, part: string): Clue {
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
    evidence: evidenceOf(part),
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
