import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
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
import { exposedToGit } from '../../system/git-exposure';
import { decodeText } from '../../system/text';

/** What the file of identities holds. */
export interface Identities {
  /** `AGE-SECRET-KEY-…`, in the order of the file. Secret. */
  readonly identities: readonly string[];
  /** The recipient of each, in the same order. Public. */
  readonly recipients: readonly string[];
  /** `identity-readable-by-others` and `identity-inside-repository`, where it is. */
  readonly findings: readonly Finding[];
}

const HOW_TO_GET_ONE =
  'set VB365_IDENTITY to the path of your identity file, or run "vb365 init" where you have none yet';

/** Where the identity lives: `VB365_IDENTITY`, or `identity.txt` in the configuration folder of the person. Absolute. */
export async function identityFile(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = environment.VB365_IDENTITY;
  if (named !== undefined && named !== '') return resolve(named);
  // Loaded here only: it fails where an account has no home folder, which nobody needs who names the file.
  const { default: envPaths } = await import('env-paths');
  return resolve(envPaths('vb365', { suffix: '' }).config, 'identity.txt');
}

/**
 * Reads a file as age-keygen writes it: one identity a line, `#` comments, empty lines.
 *
 * @throws Vb365Error `identity-missing`, `identity-unreadable`, `identity-encrypted`, `identity-malformed`; none repeats what the file holds
 */
export async function readIdentities(file: string): Promise<Identities> {
  const text = readText(file);
  if (/^(?:age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----)/.test(text)) throw encrypted(file);
  const identities: string[] = [];
  const recipients: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const identity = line.trim();
    if (identity === '' || identity.startsWith('#')) continue;
    recipients.push(await recipientOf(identity, file, index + 1));
    identities.push(identity);
  }
  if (identities.length === 0) throw malformed(file, 'it holds no line AGE-SECRET-KEY-…');
  return { identities, recipients, findings: [...judgePermissions(file), ...judgePlace(file)] };
}

/**
 * Makes a new identity in a new file that only its owner can read, in a folder that only its owner can enter.
 *
 * @param at written into the file as the time of creation
 * @returns the recipient of the new identity
 * @throws Vb365Error `identity-exists` (it is never overwritten), `identity-inside-repository`, `identity-unwritable`
 */
export async function createIdentity(file: string, at: Date): Promise<string> {
  if (exposedToGit([file]).size > 0) throw new Vb365Error(INSIDE, { subject: file, ...insideRepository(file) });
  const age = await import('age-encryption');
  const identity = await age.generateX25519Identity();
  const recipient = await age.identityToRecipient(identity);
  const text = `# created: ${at.toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  withFileErrors('identity-unwritable', file, 'write', () => {
    writeWholeOrNot(file, text);
  });
  return recipient;
}

/** Under a name of its own first: whoever is killed leaves no half identity under the real name. */
function writeWholeOrNot(file: string, text: string): void {
  const folder = dirname(file);
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeDurably(draft, text, 0o600);
    if (!moveExclusively(draft, file)) throw alreadyThere(file);
    syncFolder(folder);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readText(file: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw fileError('identity-unreadable', file, 'read', error);
    throw new Vb365Error('identity-missing', {
      subject: file,
      message: `there is no identity at ${file}: a private key cannot be opened without one`,
      cure: HOW_TO_GET_ONE,
    });
  }
}

async function recipientOf(identity: string, file: string, line: number): Promise<string> {
  if (identity.startsWith('AGE-PLUGIN-'))
    throw malformed(file, `line ${line} needs a plugin of age, which is not read here`);
  if (identity.startsWith('-----BEGIN'))
    throw malformed(file, `line ${line} begins a private key in PEM; SSH keys are not read here`);
  const { identityToRecipient } = await import('age-encryption');
  try {
    return await identityToRecipient(identity);
  } catch {
    throw malformed(file, `line ${line} is not an identity, or is cut off or misspelt`);
  }
}

/** Windows keeps the folder of a person to that person; the bits that node shows there mean nothing. */
function judgePermissions(file: string): Finding[] {
  const mode = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077;
  if (mode === 0) return [];
  return [
    {
      id: 'identity-readable-by-others',
      severity: 'warning',
      subject: file,
      message: `${file} is open to other accounts of this machine (mode ${(statSync(file).mode & 0o777).toString(8)}, allowed 600)`,
      cure: `run "chmod 600" on it`,
      place: { file },
    },
  ];
}

function malformed(file: string, why: string): Vb365Error {
  return new Vb365Error('identity-malformed', {
    subject: file,
    message: `${file} is not a file of identities as age-keygen writes it: ${why}`,
    cure: 'set VB365_IDENTITY to the path of your identity file; where you have none, move this file away, and run "vb365 init"',
  });
}

function encrypted(file: string): Vb365Error {
  return new Vb365Error('identity-encrypted', {
    subject: file,
    message: `${file} is encrypted with a passphrase; only a plain file of identities is read`,
    cure: 'decrypt it with "age --decrypt" to a file that only you can read, and set VB365_IDENTITY to that',
  });
}

function alreadyThere(file: string): Vb365Error {
  return new Vb365Error('identity-exists', {
    subject: file,
    message: `there is an identity at ${file} already; it is never overwritten`,
    cure: 'use it, or set VB365_IDENTITY to another path',
  });
}

const INSIDE: ErrorCode = 'identity-inside-repository';

function judgePlace(file: string): Finding[] {
  if (exposedToGit([file]).size === 0) return [];
  return [{ id: INSIDE, severity: 'warning', subject: file, ...insideRepository(file), place: { file } }];
}

function insideRepository(file: string): Pick<Finding, 'message' | 'cure'> {
  return {
    message: `${file} lies inside a Git work tree and no .gitignore names it: one careless commit would publish the identity`,
    cure: 'set VB365_IDENTITY to a path outside of every repository',
  };
}
