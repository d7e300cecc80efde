import { dirname } from 'node:path';
import { Vb365Error } from '../errors';
import { formatInstant } from '../words/instant';
import type { LockOwner } from './lock-folder';

/** @param folder of the keystore */
export function lockLost(folder: string): Vb365Error {
  return new Vb365Error('keystore-lock-lost', {
    subject: folder,
    message: `this command was suspended for so long that its lock was taken over, and another has written to the keystore ${folder} meanwhile`,
    cure: 'run this command again: it looks at what is there now',
  });
}

/** @param lock absolute path of the lock */
export function locked(lock: string, owner: LockOwner, waitSeconds: number): Vb365Error {
  return new Vb365Error('keystore-locked', {
    subject: dirname(lock),
    message: `${sayOwner(owner)} writes to the keystore and has held its lock ${lock}${sayAge(owner.since)}; this command has waited for ${waitSeconds} seconds`,
    cure: cureOf(lock, owner),
  });
}

function sayOwner({ process: owner }: LockOwner): string {
  if (owner === undefined) return 'another command, which does not say whose it is,';
  return `process ${owner.pid}${owner.user === '' ? '' : ` of ${owner.user}`} on ${owner.host}`;
}

/** The only clock here: what is said depends on it, and nothing that is done. */
function sayAge(since: Date | undefined): string {
  if (since === undefined) return '';
  const seconds = Math.floor((performance.timeOrigin + performance.now() - since.getTime()) / 1_000);
  if (seconds < -1) return ` since ${formatInstant(since)}, which is in the future: one of the clocks is wrong`;
  const [size, unit] = UNITS.find(([least]) => seconds >= 2 * least) ?? [1, 'seconds'];
  return ` since ${formatInstant(since)}, for ${Math.max(0, Math.floor(seconds / size))} ${unit}`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
];

function cureOf(lock: string, { process: owner, isAlive }: LockOwner): string {
  const [end, remove] = process.platform === 'win32' ? ['taskkill /f /pid', 'rmdir /s /q'] : ['kill', 'rm -r'];
  const wait = 'let it end, and run this command again';
  if (owner !== undefined && isAlive === true) return `${wait}; where it hangs, end it: ${end} ${owner.pid}`;
  const where = owner === undefined ? '' : ` on ${owner.host}`;
  return `${wait}; where no such command runs${where} any more, remove its lock: ${remove} "${lock}"`;
}
