import { spawnSync } from 'node:child_process';

/** Gives a process another clock (libfaketime). */
export const hasFaketime = spawnSync('faketime', ['--version']).status === 0;

/** What would stop if its clock did. */
const RUNNING = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** Sets the clock of this process, as far as its date goes; `jest.useRealTimers` sets it right. */
export function setClock(now: string): void {
  jest.useFakeTimers({ now: new Date(now), doNotFake: [...RUNNING] });
}
