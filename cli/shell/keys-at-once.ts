import { availableParallelism } from 'node:os';

/**
 * How many keys are made at once: two a core, so that none waits while the process itself seals a key and syncs the disk.
 */
export function keysAtOnce(): number {
  return availableParallelism() * 2;
}
