import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import {
  errnoOf,
  fileError,
  moveExclusively,
  syncFolder,
  withFileErrors,
  writeDurably,
} from '../../system/durable-files';
import { decodeText } from '../../system/text';

const NEW_IDENTITY =
  'take that identity as leaked: remove it from Git and its history, move its file away, and make another with "vb365 init"';
const WHERE_IT_STANDS = 'the line "# public key:" of an identity file says it, as does "age-keygen -y"';
const AS_AGE_KEYGEN = `put one recipient (age1…) on each line: ${WHERE_IT_STANDS}`;

/**
 * Reads the recipients of the keystore: one `age1…` a line, `#` comments, empty lines; each recipient once, in the order of the file.
 *
 * @throws Vb365Error `recipients-missing` where there is no file or none in it, `recipients-unreadable`, `recipients-invalid` with a finding
 * for each bad line
 */
export async function readRecipients(file: string): Promise<readonly string[]> {
  const recipients: string[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of readRecipientText(file).split('\n').entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const finding = await judgeRecipient(text, { file, line: index + 1 });
    if (finding === undefined) recipients.push(text);
    else findings.push(finding);
  }
  if (findings.length > 0) throw invalid(file, findings);
  if (recipients.length === 0)
    throw missing(file, `${file} names no recipient`, `write your recipient (age1…) into it: ${WHERE_IT_STANDS}`);
  return [...new Set(recipients)];
}

/**
 * Writes a new list of recipients, whole or not at all; one that is there stays as it is.
 *
 * @throws Vb365Error `keystore-unwritable`
 */
export function writeRecipients(file: string, recipients: readonly string[]): void {
  const text = ['# Who can open the private keys of this keystore: one age recipient a line.', ...recipients, ''].join(
    '\n',
  );
  withFileErrors('keystore-unwritable', file, 'write', () => {
    const draft = `${file}.${randomBytes(8).toString('hex')}`;
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeDurably(draft, text, 0o644);
      moveExclusively(draft, file);
      syncFolder(dirname(file));
    } finally {
      rmSync(draft, { force: true });
    }
  });
}

/** Nothing of a line is repeated that could be secret: only what begins as a recipient does. */
async function judgeRecipient(text: string, place: { file: string; line: number }): Promise<Finding | undefined> {
  const finding = (id: ErrorCode, message: string, cure: string): Finding => {
    return { id, severity: 'error', subject: `${place.file}:${place.line}`, message, cure, place };
  };
  if (/^age-(?:secret-key|plugin)-/i.test(text)) {
    return finding('recipient-is-identity', 'it is an identity, which is secret, not a recipient', NEW_IDENTITY);
  }
  if (text.includes('PRIVATE KEY')) {
    return finding('recipient-is-identity', 'it belongs to a private key, not to a recipient', NEW_IDENTITY);
  }
  if (/^(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-/.test(text)) {
    return finding(
      'recipient-is-ssh-key',
      'it is an SSH key; only recipients of age itself (age1…) are read',
      AS_AGE_KEYGEN,
    );
  }
  if (!text.startsWith('age1')) {
    return finding('recipient-malformed', 'it is not a recipient, which begins with age1', AS_AGE_KEYGEN);
  }
  if (/^age1\w+\s+#/.test(text)) {
    const message = `a comment stands behind it (${text.slice(0, 16)}…); age reads comments on lines of their own only`;
    return finding('recipient-malformed', message, 'move the comment to the line above');
  }
  const { Encrypter } = await import('age-encryption');
  try {
    new Encrypter().addRecipient(text);
    return undefined;
  } catch {
    // Bech32 has no 1 after its separator, so a second one ends the name of a plugin: age1yubikey1….
    return /^age1[a-z0-9-]+1/.test(text) && !/^age1(?:pq|tag|tagpq)1/.test(text)
      ? finding(
          'recipient-malformed',
          `it (${text.slice(0, 16)}…) needs a plugin of age, which is not read here`,
          AS_AGE_KEYGEN,
        )
      : finding(
          'recipient-malformed',
          `it (${text.slice(0, 16)}…) is cut off or misspelt: its checksum is wrong`,
          AS_AGE_KEYGEN,
        );
  }
}

/**
 * The text of the list of recipients, which nothing has judged.
 *
 * @throws Vb365Error `recipients-missing` where there is no file, `recipients-unreadable`
 */
export function readRecipientText(file: string): string {
  try {
    const found = statSync(file);
    // Whoever opens a pipe waits for its other end. A folder says so itself.
    if (!found.isFile() && !found.isDirectory()) throw notAFile(file);
    return decodeText(readFileSync(file));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT')
      throw missing(file, `there is no file ${file}`, 'restore it from Git, or run "vb365 init"');
    throw error instanceof Vb365Error ? error : fileError('recipients-unreadable', file, 'read', error);
  }
}

function notAFile(file: string): Vb365Error {
  return new Vb365Error('recipients-unreadable', {
    subject: file,
    message: `cannot read ${file}: it is not a file`,
    cure: 'move it away, and restore the file from Git',
  });
}

function missing(file: string, message: string, cure: string): Vb365Error {
  return new Vb365Error('recipients-missing', {
    subject: file,
    message: `${message}: private keys are sealed to the recipients it lists`,
    cure,
  });
}

function invalid(file: string, findings: readonly Finding[]): Vb365Error {
  const lines = findings.flatMap(({ place }) => place?.line ?? []);
  const listed = lines.slice(0, MOST_LISTED).join(', ') + (lines.length > MOST_LISTED ? ', …' : '');
  return new Vb365Error('recipients-invalid', {
    subject: file,
    message: `${file} holds what is not a recipient, in ${lines.length === 1 ? 'line' : 'lines'} ${listed}`,
    cure: [...new Set(findings.map(({ cure }) => cure))].join('; '),
    findings,
  });
}

/** The findings name the others. */
const MOST_LISTED = 10;
