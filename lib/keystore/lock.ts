import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { withFileErrors } from '../system/durable-files';
import { sweepStaging } from './keystore-writer';
import { locked, lockLost } from './lock-errors';
import { HeldLock, LockFolder } from './lock-folder';

/** How long to wait for the lock, and whom to tell. */
export interface LockOptions {
  /** How long to wait for a command that keeps its lock fresh. @default 600 */
  readonly waitSeconds?: number;
  /** Told once, where the wait has lasted a second. @default nobody */
  readonly onWait?: () => void;
}

/** The lock, as its holder has it. */
export interface KeystoreLock {
  /**
   * For work that replaces or removes what it has looked at, before it does. A computer that slept may find its lock taken
   * over by another one.
   *
   * @throws Vb365Error `keystore-lock-lost`
   */
  requireHeld(): void;
}

const RETRY_MILLISECONDS = 100;
/** Shorter waits are not worth a word. */
const SILENT_MILLISECONDS = 1_000;

/**
 * Runs the work while no other command writes to the keystore, after clearing away what killed commands left half written.
 *
 * The folder is made where there is none. The lock, a folder `.lock` in it, is released however the work ends, and taken over from
 * a process that was killed, whatever the clock said then: where it cannot be known whether the owner lives, because it is on
 * another host or its number may be another's by now, once nobody has touched its lock for half a minute.
 *
 * @throws Vb365Error `keystore-locked`, `keystore-unwritable`; and whatever the work throws
 */
export async function withKeystoreLock<T>(
  folder: string,
  work: (lock: KeystoreLock) => T | Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  withFileErrors('keystore-unwritable', folder, 'make', () => mkdirSync(folder, { recursive: true }));
  const held = await acquire(folder, options);
  try {
    withFileErrors('keystore-unwritable', folder, 'clear up', () => {
      sweepStaging(folder);
    });
    return await work({
      requireHeld: () => {
        if (!held.isHeld) throw lockLost(folder);
      },
    });
  } finally {
    held.release();
  }
}

async function acquire(folder: string, { waitSeconds = 600, onWait }: LockOptions): Promise<HeldLock> {
  const lock = new LockFolder(join(folder, '.lock'));
  const began = performance.now();
  let tell = onWait;
  for (;;) {
    // What is refused, as in a read-only folder, will not pass by waiting.
    const taken = withFileErrors('keystore-unwritable', folder, 'lock', () => lock.take());
    if (taken instanceof HeldLock) return taken;
    // By the clock: a busy machine makes few attempts in a second.
    const waited = performance.now() - began;
    if (waited >= waitSeconds * 1_000) throw locked(lock.path, taken, waitSeconds);
    if (waited >= SILENT_MILLISECONDS) {
      tell?.();
      tell = undefined;
    }
    await setTimeout(RETRY_MILLISECONDS);
  }
}
