import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { Vb365Error } from '../errors';
import { errnoOf, fileError, withFileErrors } from '../system/durable-files';
import { sweepStaging } from './keystore-writer';

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
   * over, up to a second after it woke.
   *
   * @throws Vb365Error `keystore-lock-lost`
   */
  requireHeld(): void;
}

interface HeldLock extends KeystoreLock {
  release(): Promise<void>;
}

/** A lock that its holder has not touched for so long belonged to a killed process. Holders touch it every second. */
const STALE_MILLISECONDS = 5_000;
const RETRY_MILLISECONDS = 100;
/** Shorter waits are not worth a word. */
const SILENT_MILLISECONDS = 1_000;

/**
 * Runs the work while no other command writes to the keystore, after clearing away what killed commands left half written.
 *
 * The folder is made where there is none. The lock, a folder `.lock` in it, is released however the work ends, and taken over from
 * a process that was killed.
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
    return await work(held);
  } finally {
    await held.release();
  }
}

async function acquire(folder: string, { waitSeconds = 600, onWait }: LockOptions): Promise<HeldLock> {
  const began = performance.now();
  let tell = onWait;
  for (;;) {
    try {
      return await tryToAcquire(folder);
    } catch (error) {
      // Anything but a holder, a read-only folder for one, will not pass by waiting.
      if (errnoOf(error) !== 'ELOCKED') throw fileError('keystore-unwritable', folder, 'lock', error);
      // By the clock: a busy machine makes few attempts in a second.
      const waited = performance.now() - began;
      if (waited >= waitSeconds * 1_000) throw locked(folder, waitSeconds);
      if (waited >= SILENT_MILLISECONDS) {
        tell?.();
        tell = undefined;
      }
      await setTimeout(RETRY_MILLISECONDS);
    }
  }
}

async function tryToAcquire(folder: string): Promise<HeldLock> {
  // A lock that was taken over is no reason to die halfway where generations are added: they overwrite nothing, lock or no
  // lock. Whoever replaces a key or a request asks.
  let isHeld = true;
  const release = await lock(folder, {
    lockfilePath: join(folder, '.lock'),
    stale: STALE_MILLISECONDS,
    update: 1_000,
    onCompromised: () => {
      isHeld = false;
    },
  });
  return {
    requireHeld: () => {
      if (!isHeld) throw lockLost(folder);
    },
    release: async () => {
      if (isHeld) await release();
    },
  };
}

function lockLost(folder: string): Vb365Error {
  return new Vb365Error('keystore-lock-lost', {
    subject: folder,
    message: `this command was suspended for more than ${STALE_MILLISECONDS / 1_000} seconds, and another has written to the keystore ${folder} meanwhile`,
    cure: 'run this command again: it looks at what is there now',
  });
}

function locked(folder: string, waitSeconds: number): Vb365Error {
  return new Vb365Error('keystore-locked', {
    subject: folder,
    message: `another command has been writing to the keystore ${folder} for more than ${waitSeconds} seconds`,
    cure: 'let it end, and run this command again',
  });
}
