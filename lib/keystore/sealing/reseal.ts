import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import { readIfThere, removeFolder, syncFolder, withFileErrors, writeDurably } from '../../system/durable-files';
import { finishStopped } from '../keystore-writer';
import { isLinked } from '../listing';
import { finishStoppedRequest } from '../requests/pending-request-writer';
import { type OpenedKey, openSealedKey, type SealedKey } from './sealed-keys';
import { openSealed, type Sealer } from './sealing';

/**
 * Opens sealed keys one after another.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @param onOpened told of each key that was opened, and of what is in it; what it gives is a finding too, and what it throws
 * ends the work
 * @returns a finding for each that cannot be opened, or is not the key of its certificate
 */
export async function openEach(
  keys: readonly SealedKey[],
  identities: readonly string[],
  onOpened: (opened: OpenedKey) => Promise<Finding | undefined>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const key of keys) {
    const opened = await openOrComplain(key, identities);
    const finding = 'severity' in opened ? opened : await onOpened(opened);
    if (finding !== undefined) findings.push(finding);
    // The lock is kept fresh in between, and signals arrive.
    await setImmediate();
  }
  return findings;
}

/** How a key is sealed anew. */
export interface Resealing {
  readonly sealer: Pick<Sealer, 'seal'>;
  /** Identities of which one must open the new text before it replaces the old one; none where nobody's is at hand. */
  readonly provenBy: readonly string[];
}

/**
 * Replaces a sealed key by the same key, sealed anew. Whoever kills the process finds the old file or the new one. The caller
 * holds the keystore's lock.
 *
 * @param root folder of the keystore
 * @returns a finding where the file holds something else by now than what was opened: that stays
 * @throws Vb365Error `keystore-unwritable`, `sealed-key-damaged`, and what `openSealed` throws where the new text cannot be
 * opened
 */
export async function resealKey(
  root: string,
  { key: { path }, keyFile, text, privateKey }: OpenedKey,
  { sealer, provenBy }: Resealing,
): Promise<Finding | undefined> {
  const anew = await sealer.seal(privateKey);
  if (provenBy.length > 0) {
    const proven = await openSealed(anew, provenBy, { subject: path });
    if (!proven.equals(privateKey)) throw unproven(path);
  }
  return withFileErrors('keystore-unwritable', path, 'write', () => {
    // In the folder that withKeystoreLock sweeps: what a killed command leaves in it is never read.
    const staging = join(root, `.staging-${randomBytes(8).toString('hex')}`);
    const draft = join(staging, 'key.age');
    try {
      mkdirSync(staging);
      writeDurably(draft, anew, 0o600);
      // Last of all: where this process slept, another may have taken the lock over, and put another key there.
      if (readIfThere(keyFile)?.toString() !== text) return replaced(path);
      renameSync(draft, keyFile);
      syncFolder(dirname(keyFile));
      return undefined;
    } finally {
      removeFolder(staging);
    }
  });
}

/**
 * Moves to their place what a stopped command has committed in the folder of a lineage, so that each key stands in one place.
 * The caller holds the keystore's lock.
 *
 * @throws Vb365Error `keystore-unwritable`
 */
export function settle(root: string, lineage: string): void {
  const folder = join(root, lineage);
  if (isLinked(folder)) return;
  withFileErrors('keystore-unwritable', folder, 'write to', () => {
    finishStopped(folder);
    finishStoppedRequest(folder);
  });
}

/**
 * Whoever reseals to others only could never open again.
 *
 * @param own recipients of the identities at hand
 * @throws Vb365Error `recipients-without-you`
 */
export function refuseLockOut(own: readonly string[], recipients: readonly string[], recipientsFile: string): void {
  if (own.some((recipient) => recipients.includes(recipient))) return;
  throw new Vb365Error('recipients-without-you', {
    subject: recipientsFile,
    message: `none of your identities is among the recipients of ${recipientsFile}: you could open no private key any more`,
    cure: `add ${own[0] ?? 'your recipient'} to it, or give --without-me where that is what you want`,
  });
}

async function openOrComplain(key: SealedKey, identities: readonly string[]): Promise<OpenedKey | Finding> {
  try {
    return await openSealedKey(key, identities);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const { code, message, cure } = error;
    return { id: code, severity: 'error', subject: key.path, message, cure };
  }
}

function replaced(path: string): Finding {
  const id: ErrorCode = 'keystore-key-replaced';
  const message = `another command has replaced ${path} meanwhile: that stays as it is`;
  return { id, severity: 'error', subject: path, message, cure: 'run "vb365 reseal" again' };
}

function unproven(path: string): Vb365Error {
  return new Vb365Error('sealed-key-damaged', {
    subject: path,
    message: `${path} would not hold the same key, sealed anew: it stays as it is`,
    cure: 'run "vb365 reseal" again, and report it where that is of no use',
  });
}
