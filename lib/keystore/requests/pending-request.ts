import { readKeystoreText } from '../../system/read-file';
import { join } from 'node:path';
import { CertificateRequest } from '../../certificates/x509/certificate-request';
import { Vb365Error } from '../../errors';
import { formatInstant } from '../../words/instant';
import { headValue } from '../crt-file';
import { hasMergeConflict } from '../merge-conflict';
import { errnoOf, fileError } from '../../system/durable-files';
import { parseLineageName } from '../../catalogue/lineage-name';
import {
  listRequest,
  ONE_BRANCH,
  parseRequestedAt,
  REQUEST_FILE,
  REQUEST_KEY_FILE,
  type RequestFiles,
  startingOver,
} from './pending-request-files';

/** A certificate signing request that waits for its answer, and its sealed key. */
export interface PendingRequest {
  readonly request: CertificateRequest;
  /** Text of the `.key.age` file. */
  readonly sealedKey: string;
  /** Undefined where the file does not say. */
  readonly requestedAt: Date | undefined;
}

/** The readable lines of a `request.csr`. */
export interface RequestHead {
  readonly lineage: string;
  readonly commonName: string;
  /** Alternative names. */
  readonly names: readonly string[];
  readonly requestedAt: Date;
}

/** How often to list again when a file was moved between listing and reading. */
const READ_ATTEMPTS = 10;

/**
 * The request of a lineage that waits for its answer; undefined where none does. Needs no secret and no lock.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `keystore-request-incomplete`, `certificate-request-unreadable`, `keystore-merge-conflict`,
 * `keystore-unreadable`, `lineage-malformed`
 */
export function readPendingRequest(root: string, lineage: string): PendingRequest | undefined {
  const { owner, segment } = parseLineageName(lineage);
  return readRequestIn(join(root, owner, segment), lineage);
}

/** As `readPendingRequest`, of the folder of a lineage. */
export function readRequestIn(folder: string, lineage: string): PendingRequest | undefined {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const files = listRequest(folder);
      return files && readFiles(files, lineage);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' && attempt < READ_ATTEMPTS) continue;
      throw error instanceof Vb365Error ? error : fileError('keystore-unreadable', lineage, 'read', error);
    }
  }
}

/** `of 2026-11-20`; where the file does not say, its place in the keystore. */
export function sayRequested({ requestedAt }: Pick<PendingRequest, 'requestedAt'>): string {
  return requestedAt === undefined ? `in ${REQUEST_FILE}` : `of ${formatInstant(requestedAt).slice(0, 10)}`;
}

/** The text of a `request.csr`: readable lines for the reviewer, then the request as PEM. The same input gives the same bytes. */
export function formatRequestFile(head: RequestHead, { pem, publicKeyHash }: CertificateRequest): string {
  const lines = [
    ['Lineage', head.lineage],
    ['Common name', headValue(head.commonName)],
    ['Names', headValue(head.names.join(', '))],
    ['Public key', publicKeyHash],
    ['Requested', formatInstant(head.requestedAt)],
  ].flatMap(([name = '', value = '']) => (value === '' ? [] : [`${name}: ${value}`]));
  return `${[...lines, '', pem].join('\n')}\n`;
}

function readFiles({ requestFile, keyFile }: RequestFiles, lineage: string): PendingRequest {
  if (requestFile === undefined) throw incomplete(lineage, REQUEST_KEY_FILE, REQUEST_FILE);
  if (keyFile === undefined) throw incomplete(lineage, REQUEST_FILE, REQUEST_KEY_FILE);
  const [text, sealedKey] = [readKeystoreText(requestFile), readKeystoreText(keyFile)];
  if (hasMergeConflict(text + sealedKey)) throw mergeConflict(lineage);
  return { request: readRequest(text, lineage), sealedKey, requestedAt: parseRequestedAt(text) };
}

function readRequest(text: string, lineage: string): CertificateRequest {
  try {
    return CertificateRequest.fromPem(text);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const file = `${lineage}/${REQUEST_FILE}`;
    throw new Vb365Error(error.code, {
      subject: file,
      message: `${file} is ${error.message}`,
      cure: `restore both files of the request from Git, or ${startingOver(lineage)}`,
    });
  }
}

function mergeConflict(lineage: string): Vb365Error {
  return new Vb365Error('keystore-merge-conflict', {
    subject: lineage,
    message: `the request of ${lineage} holds conflict markers of Git: two branches made one at once`,
    cure: ONE_BRANCH,
  });
}

function incomplete(lineage: string, present: string, absent: string): Vb365Error {
  return new Vb365Error('keystore-request-incomplete', {
    subject: lineage,
    message: `${lineage}/${present} stands without ${absent}, so that no answer to the request can be imported`,
    cure: `restore ${absent} from Git, or ${startingOver(lineage)}`,
  });
}
