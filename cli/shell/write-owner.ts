import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { errnoOf } from '../../lib/system/durable-files';
import { groupBy } from '../../lib/words/lists';

/**
 * What a command has in a folder while it writes there. Those of earlier versions ended behind the id, and told nobody's name.
 * `.gitignore` of `vb365 init` names them.
 */
const PART = /^(\.vb365-[0-9a-f]{16}(?:\.([0-9a-f]{8})\.(\d+))?)(?:\.|$)/;

/** Milliseconds; a write takes seconds. After them, nobody is asked whether a process of another machine is still there. */
const LONGEST_WRITE = 600_000;

/** Of the names of what this process writes. */
export function ownStem(id: string): string {
  return `.vb365-${id}.${hostKey()}.${process.pid}`;
}

/** What killed commands have left in a folder: the names of files by their common beginning. */
export function leftIn(folder: string): Map<string, string[]> {
  const names = namesIn(folder).filter((name) => PART.test(name));
  const writes = groupBy(names, (name) => PART.exec(name)?.[1] ?? name);
  return new Map([...writes].filter(([stem, parts]) => !isAlive(folder, stem, parts)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Whoever is going to write there hears why not.
    return [];
  }
}

function isAlive(folder: string, stem: string, parts: readonly string[]): boolean {
  const [, , host, pid] = PART.exec(stem) ?? [];
  if (host === undefined || pid === undefined) return false;
  const times = parts.map((name) => lstatSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (Date.now() - Math.max(...times) > LONGEST_WRITE) return false;
  // A write is one step of this process: where it looks, it does not write.
  return host === hostKey() ? Number(pid) !== process.pid && isRunning(Number(pid)) : true;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: of another account.
    return errnoOf(error) === 'EPERM';
  }
}

/** Containers and machines that share a folder number their processes alike. */
function hostKey(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}
