import type FileSystem from 'node:fs';

const fs = jest.requireActual<typeof FileSystem>('node:fs');

/** Everything that changes the disk. */
const CHANGES = ['mkdirSync', 'openSync', 'writeFileSync', 'linkSync', 'renameSync', 'rmSync', 'rmdirSync'] as const;

/** Where a process is killed: before a change of the disk, or in the middle of a file that is being written. */
export const MOMENTS: readonly [string, boolean][] = [
  ['between two changes', false],
  ['in the middle of a file', true],
];

/**
 * Does the work as if the process were killed before its change of that number: that one and all after it, those of
 * `finally` too, never reach the disk. With `half`, a file that is being written is cut in two first.
 *
 * @param change from 1
 * @returns whether the work ended before that
 */
export async function killAt(change: number, half: boolean, work: () => unknown): Promise<boolean> {
  let count = 0;
  const killed = new Error('killed');
  const spies = CHANGES.map((name) => {
    const real = fs[name] as (...args: unknown[]) => unknown;
    return jest.spyOn(fs, name as 'rmSync').mockImplementation((...args: unknown[]) => {
      count += 1;
      if (count < change) return real(...args) as never;
      if (count === change && half && name === 'writeFileSync') real(args[0], String(args[1]).slice(0, 20));
      throw killed;
    });
  });
  // What takes the time, and makes a difference to a power cut only.
  const sync = jest.spyOn(fs, 'fsyncSync').mockImplementation(() => undefined);
  try {
    await work();
    return true;
  } catch {
    return false;
  } finally {
    for (const spy of [...spies, sync]) spy.mockRestore();
  }
}
