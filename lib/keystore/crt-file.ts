import { readKeystoreText } from '../system/read-file';
import { z } from 'zod';
import { hasPrivateKey } from '../asn1/pem';
import { Certificate } from '../certificates/certificate';
import type { ErrorCode } from '../error-codes';
import { Vb365Error } from '../errors';
import { escapeCharacter, escapeInvisible } from '../words/visible';
import { hasMergeConflict } from './merge-conflict';

/** What a `.crt` file of the keystore holds. */
export interface CrtFile {
  readonly certificate: Certificate;
  /** Issuers, the leaf's issuer first; without the leaf. */
  readonly chain: readonly Certificate[];
  /** Ids of the findings that a person accepted when the certificate was taken in; sorted. */
  readonly accepted: readonly string[];
  /** When it entered the keystore, to the second. Older files do not say so. */
  readonly added?: Date | undefined;
  /** Whether its private key is kept elsewhere on purpose: then no sealed key stands beside it. @default false */
  readonly keyElsewhere?: boolean;
}

/** A readable line of the head. */
export interface HeadLine {
  readonly name: string;
  readonly value: string;
}

const BEGIN = '-----BEGIN ';
const ACCEPTED = 'Accepted';
const ADDED = 'Added';
const KEY: HeadLine = { name: 'Key', value: 'elsewhere' };
const RFC_3339 = z.iso.datetime({ offset: true });

/**
 * The text of a `.crt` file: readable lines for the reviewer, then the leaf, then its issuers, as PEM.
 *
 * The same input gives the same bytes. Nothing in a certificate, which may come from anybody, can forge a line or a PEM block.
 */
export function formatCrtFile(lineage: string, label: string, content: CrtFile): string {
  const accepted = [...new Set(content.accepted)].sort().map((value) => ({ name: ACCEPTED, value: headValue(value) }));
  const added = content.added === undefined ? [] : [{ name: ADDED, value: formatDate(content.added) }];
  const key = content.keyElsewhere === true ? [KEY] : [];
  const head = [...describe(lineage, label, content.certificate), ...added, ...key, ...accepted];
  const lines = head.filter(({ value }) => value !== '').map(({ name, value }) => `${name}: ${value}`);
  const blocks = [content.certificate, ...content.chain].map((certificate) => certificate.pem);
  return `${[...lines, '', ...blocks].join('\n')}\n`;
}

/**
 * Reads the PEM blocks and the lines `Accepted:`, `Added:` and `Key:`; the others are for people. CRLF and a byte order mark are
 * tolerated. A moment that cannot be read counts as none, and `falseHeadLines` finds it; of several, the latest counts.
 *
 * @throws Vb365Error `keystore-merge-conflict`, `keystore-key-in-clear`, `keystore-certificate-unreadable`
 */
export function parseCrtFile(input: string, file: string): CrtFile {
  const text = normalize(input);
  if (hasMergeConflict(text)) throw mergeConflict(file);
  if (hasPrivateKey(text)) throw keyInClear(file);
  const [certificate, ...chain] = readCertificates(text, file);
  if (certificate === undefined) throw unreadable(file, 'it holds no block BEGIN CERTIFICATE');
  if (text.split(BEGIN).length !== chain.length + 2) {
    throw unreadable(file, 'one of its PEM blocks is cut off, or is not a certificate');
  }
  const head = readHead(text);
  const accepted = head.flatMap(({ name, value }) => (name === ACCEPTED ? [value] : []));
  const added = readAdded(input);
  const keyElsewhere = saysKeyElsewhere(text);
  return {
    ...{ certificate, chain, accepted: [...new Set(accepted)].sort() },
    ...(added && { added }),
    ...(keyElsewhere && { keyElsewhere }),
  };
}

/** When a certificate entered the keystore, by the head of its file; of several moments, the latest. */
export function readAdded(input: string): Date | undefined {
  const head = readHead(normalize(input));
  const moments = head.flatMap(({ name, value }) => (name === ADDED ? (readMoment(value) ?? []) : []));
  return moments.length === 0 ? undefined : new Date(Math.max(...moments));
}

/** Readable lines of a file that say something else than its certificate: they would deceive a reviewer. */
export function falseHeadLines(input: string, lineage: string, label: string, certificate: Certificate): HeadLine[] {
  const expected = new Map(describe(lineage, label, certificate).map(({ name, value }) => [name, value]));
  expected.set(KEY.name, KEY.value);
  return readHead(normalize(input)).filter(({ name, value }) =>
    name === ADDED ? readMoment(value) === undefined : (expected.get(name) ?? value) !== value,
  );
}

/** Whether a file says so of its private key. What cannot be read says nothing, and is a finding. */
export function isKeyElsewhere(certificateFile: string | undefined): boolean {
  try {
    return certificateFile !== undefined && saysKeyElsewhere(readKeystoreText(certificateFile));
  } catch {
    return false;
  }
}

function saysKeyElsewhere(input: string): boolean {
  return readHead(normalize(input)).some(({ name, value }) => name === KEY.name && value === KEY.value);
}

function describe(lineage: string, label: string, certificate: Certificate): HeadLine[] {
  const names = [...certificate.dnsNames, ...certificate.ipAddresses];
  return [
    { name: 'Lineage', value: lineage },
    { name: 'Generation', value: label },
    { name: 'Subject', value: headValue(certificate.subject) },
    { name: 'Issuer', value: headValue(certificate.issuer) },
    { name: 'Names', value: headValue(names.join(', ')) },
    { name: 'Thumbprint', value: certificate.thumbprint },
    { name: 'SHA-256', value: certificate.thumbprintSha256 },
    { name: 'Valid from', value: formatDate(certificate.notBefore) },
    { name: 'Valid to', value: formatDate(certificate.notAfter) },
  ];
}

/** RFC 3339 in UTC to the second, which is all that a certificate knows. */
function formatDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'unknown' : `${date.toISOString().slice(0, -'.000Z'.length)}Z`;
}

/** @returns milliseconds since 1970; undefined where the text is not a date and time of RFC 3339 */
function readMoment(value: string): number | undefined {
  return RFC_3339.safeParse(value).success ? new Date(value).getTime() : undefined;
}

/** What is invisible and runs of five hyphens as `\u{…}`: the rest stays as it is, whatever its script. */
export function headValue(value: string): string {
  return escapeInvisible(value.trim()).replace(/-{5,}/g, (run) => escapeCharacter('-').repeat(run.length));
}

/** The lines before the first PEM block. */
function readHead(text: string): HeadLine[] {
  const [head = ''] = text.split(BEGIN, 1);
  return head.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).trim();
    return colon > 0 && value !== '' ? [{ name: line.slice(0, colon).trim(), value }] : [];
  });
}

function normalize(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

function readCertificates(text: string, file: string): Certificate[] {
  try {
    return Certificate.allFromPem(text);
  } catch (cause) {
    throw unreadable(file, 'a certificate in it is damaged', cause);
  }
}

function unreadable(file: string, why: string, cause?: unknown): Vb365Error {
  return fault('keystore-certificate-unreadable', file, `${file} is not a certificate of the keystore: ${why}`, {
    cure: 'restore the file from Git, or remove both files of the generation and run "vb365 renew" or "vb365 issue"',
    cause,
  });
}

function mergeConflict(file: string): Vb365Error {
  return fault('keystore-merge-conflict', file, `${file} holds conflict markers of Git: two branches renewed at once`, {
    cure: 'take both files of the generation from one branch (git checkout --ours or --theirs), and run "vb365 renew" again',
  });
}

function keyInClear(file: string): Vb365Error {
  return fault('keystore-key-in-clear', file, `${file} holds a private key that is not sealed`, {
    cure: 'take the key as leaked: remove it from Git and its history, and issue or import a new certificate',
  });
}

function fault(code: ErrorCode, file: string, message: string, rest: { cure: string; cause?: unknown }): Vb365Error {
  return new Vb365Error(code, { subject: file, message, ...rest });
}
