import { type KeyObject, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Vb365Error } from '../errors';
import type { Finding } from '../findings';
import { syncFolder, withFileErrors, writeDurably } from './durable-files';
import { finishStopped } from './keystore-writer';
import { isLinked } from './listing';
import { finishStopped as finishStoppedRequest } from './pending-request-writer';
import { openSealedKey, type SealedKey } from './sealed-keys';
import { openSealed, type Sealer } from './sealing';

/**
 * Opens sealed keys one after another.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @param onOpened told of each key that was opened, and of what is in it; what it throws ends the work
 * @returns a finding for each that cannot be opened, or is not the key of its certificate
 */
export async function openEach(
  keys: readonly SealedKey[],
  identities: readonly string[],
  onOpened: (key: SealedKey, privateKey: KeyObject) => Promise<void> | void,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const key of keys) {
    const opened = await openOrComplain(key, identities);
    if ('severity' in opened) findings.push(opened);
    else await onOpened(key, opened);
    // The lock is kept fresh in between, and signals arrive.
    await setImmediate();
  }
  return findings;
}

/** How a key is sealed anew. */
export interface Resealing {
  readonly sealer: Sealer;
  /** Identities of which one must open the new text before it replaces the old one; none where nobody's is at hand. */
  readonly provenBy: readonly string[];
}

/**
 * Replaces a sealed key by the same key, sealed anew. Whoever kills the process finds the old file or the new one. The caller
 * holds the keystore's lock.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `keystore-unwritable`, and what `openSealed` throws where the new text cannot be opened
 */
export async function resealKey(
  root: string,
  { path, keyFile = '' }: SealedKey,
  privateKey: KeyObject,
  { sealer, provenBy }: Resealing,
): Promise<void> {
  const text = await sealer.seal(privateKey);
  if (provenBy.length > 0) await openSealed(text, provenBy, { subject: path });
  withFileErrors('keystore-unwritable', path, 'write', () => {
    // In the folder that withKeystoreLock sweeps: what a killed command leaves in it is never read.
    const staging = join(root, `.staging-${randomBytes(8).toString('hex')}`);
    const draft = join(staging, 'key.age');
    try {
      mkdirSync(staging);
      writeDurably(draft, text, 0o600);
      renameSync(draft, keyFile);
      syncFolder(dirname(keyFile));
    } finally {
      rmSync(staging, { recursive: true, force: true });
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

async function openOrComplain(key: SealedKey, identities: readonly string[]): Promise<KeyObject | Finding> {
  try {
    return await openSealedKey(key, identities);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const { code, message, cure } = error;
    return { id: code, severity: 'error', subject: key.path, message, cure };
  }
}
