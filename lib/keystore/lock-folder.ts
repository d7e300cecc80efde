import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf, fileError, removeEmptyFolder, removeFolder } from '../system/durable-files';
import { textOfFile } from '../system/look';
import { isAlive, type ProcessIdentity, thisProcess } from '../system/process-identity';
import { lookAt } from './listing';

/*
 * The lock is a folder with one file in it, which names its owner:
 *
 *   <keystore>/.lock/<hex>.json
 *
 * The name of the file is the owner's alone: whoever takes a lock away that is over takes away that one, and never the one of
 * a process that was faster. Whoever has put a file of its own there holds the lock if no other stands beside it; of two that
 * come at once, at most one does, and who does not takes its file away and waits.
 */

/** Who holds a lock. */
export interface LockOwner {
  /** Undefined where the lock does not say: that of an earlier version, or of a process that was killed at its first step. */
  readonly process?: ProcessIdentity | undefined;
  /** By the clock of the file system; undefined where another process came at the same moment. */
  readonly since?: Date | undefined;
  /** Whether it lives; undefined where that cannot be known from here. */
  readonly isAlive: boolean | undefined;
}

const OWN_FILE = /^[0-9a-f]{16}\.json$/;
/** Holders touch their lock so often. */
const TOUCH_MILLISECONDS = 1_000;
/** One that nobody has touched for so long, and that names no owner, belongs to nobody. */
const STALE_MILLISECONDS = 5_000;
/** The owner is elsewhere, and one that waits for a slow disk shall not lose its lock. */
const STALE_ELSEWHERE_MILLISECONDS = 30_000;
/** More than any owner needs. */
const MOST_BYTES = 4_096;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const identitySchema = z.object({
  pid: z.number().int().positive(),
  user: z.string(),
  host: z.string(),
  table: z.string().optional(),
  started: z.string().optional(),
});

/** A lock that is held. */
export class HeldLock {
  readonly #folder: string;
  readonly #name: string;
  readonly #file: string;
  readonly #content: (beat: number) => string;
  readonly #timer: NodeJS.Timeout;
  #beat = 0;

  constructor(folder: string, name: string, content: (beat: number) => string) {
    this.#folder = folder;
    this.#name = name;
    this.#file = join(folder, name);
    this.#content = content;
    this.#timer = setInterval(() => {
      this.#touch();
    }, TOUCH_MILLISECONDS).unref();
    remember(this);
  }

  /** Whether it is still this process's: a computer that slept may find it taken over. */
  get isHeld(): boolean {
    return lstatSync(this.#file, { throwIfNoEntry: false }) !== undefined;
  }

  release(): void {
    clearInterval(this.#timer);
    forget(this);
    removeOwn(this.#folder, this.#name);
  }

  /** Written in place, and never made anew: what was taken away is another's business. */
  #touch(): void {
    try {
      writeFileSync(this.#file, this.#content((this.#beat += 1)), { flag: 'r+' });
    } catch {
      // Taken over, or the disk does not answer now: who asks for `isHeld` finds out.
    }
  }
}

/** The lock of a keystore, as a process sees it that wants to have it. */
export class LockFolder {
  /** What each lock looked like, and since when it has not changed, by the clock that nobody sets. */
  readonly #seen = new Map<string, { readonly look: string; readonly from: number }>();

  constructor(
    /** Absolute path. */
    readonly path: string,
  ) {}

  /**
   * One attempt.
   *
   * @returns who holds it, where somebody does
   */
  take(): HeldLock | LockOwner {
    const found = lookAt(this.path);
    if (found === undefined) return this.#claim() ?? { isAlive: undefined };
    // Nothing of what a link leads to is ours.
    if (!found.isDirectory()) throw fileError('keystore-unwritable', this.path, 'make', { code: 'EEXIST' });
    const names = ownFiles(this.path);
    const owners = names.map((name) => this.#ownerOf(name, found.mtime));
    const owner = owners.find(({ isOver }) => !isOver);
    if (owner !== undefined) return owner;
    const nobody: LockOwner = { since: found.mtime, isAlive: undefined };
    if (names.length === 0 && !this.#isUntouched('', String(found.mtimeMs), STALE_MILLISECONDS)) return nobody;
    for (const name of names) removeFolder(join(this.path, name));
    return this.#claim() ?? nobody;
  }

  /** @returns undefined where another process came at the same moment */
  #claim(): HeldLock | undefined {
    const name = `${randomBytes(8).toString('hex')}.json`;
    const identity = JSON.stringify(thisProcess());
    const content = (beat: number): string => `${identity}\n${String(beat).padStart(8, '0')}\n`;
    try {
      makeFolder(this.path);
      writeFileSync(join(this.path, name), content(0), { flag: 'wx' });
      // Of two that come at once, the second sees the file of the first.
      if (ownFiles(this.path).every((other) => other === name)) return new HeldLock(this.path, name, content);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') {
        removeOwn(this.path, name);
        throw error;
      }
    }
    removeOwn(this.path, name);
    return undefined;
  }

  #ownerOf(name: string, since: Date): LockOwner & { readonly isOver: boolean } {
    const look = textOfFile(join(this.path, name), MOST_BYTES) ?? '';
    const owner = readIdentity(look);
    const alive = owner && isAlive(owner);
    const bound = owner === undefined ? STALE_MILLISECONDS : STALE_ELSEWHERE_MILLISECONDS;
    const isOver = alive === undefined ? this.#isUntouched(name, look, bound) : !alive;
    return { process: owner, since, isAlive: alive, isOver };
  }

  /** Whether it was watched for so long, and nothing has changed: what its dates say depends on whose clock wrote them. */
  #isUntouched(name: string, look: string, milliseconds: number): boolean {
    const now = performance.now();
    const seen = this.#seen.get(name);
    if (seen?.look === look) return now - seen.from >= milliseconds;
    this.#seen.set(name, { look, from: now });
    return false;
  }
}

/** What a file manager has put into it may have kept it there. On a read-only disk, node's `recursive` says that nothing is there. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

/** Where even that is refused, the next one finds that the owner has ended. */
function removeOwn(folder: string, name: string): void {
  try {
    rmSync(join(folder, name), { force: true });
    removeEmptyFolder(folder);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

function ownFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => OWN_FILE.test(name));
}

function readIdentity(text: string): ProcessIdentity | undefined {
  try {
    return identitySchema.safeParse(JSON.parse(text.split('\n', 1)[0] ?? '')).data;
  } catch {
    return undefined;
  }
}

/** Those of this process: one listener for each signal does for all of them. */
const heldHere = new Set<HeldLock>();

function remember(lock: HeldLock): void {
  heldHere.add(lock);
  if (heldHere.size > 1) return;
  process.on('exit', releaseAll);
  for (const signal of SIGNALS) process.on(signal, endBySignal);
}

function forget(lock: HeldLock): void {
  if (!heldHere.delete(lock) || heldHere.size > 0) return;
  process.off('exit', releaseAll);
  for (const signal of SIGNALS) process.off(signal, endBySignal);
}

function releaseAll(): void {
  for (const lock of [...heldHere]) lock.release();
}

/** Where others listen too, they decide whether this process ends, and raise the signal again. */
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  releaseAll();
  process.kill(process.pid, signal);
}
