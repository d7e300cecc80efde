import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 65_536;

/**
 * The first bytes of a file, a pipe or a device; whoever names `/dev/zero` by mistake does not fill the memory.
 *
 * @param limit how many bytes at most
 * @throws what the system says, as it is
 */
export function readUpTo(file: string, limit: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let length = 0; length < limit;) {
      const chunk = Buffer.alloc(Math.min(CHUNK, limit - length));
      const count = readSync(descriptor, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      length += count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(descriptor);
  }
}
