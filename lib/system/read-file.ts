import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Vb365Error } from '../errors';
import { decodeText } from './text';

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

/** Bytes: a thousand times what a certificate with its chain, or a sealed key, has. */
const LARGEST = 16 * 1_048_576;

/**
 * The text of a file of the keystore. One that no command has written there may have any size, and is not read.
 *
 * @throws Vb365Error `keystore-unreadable` where it is larger than anything the keystore holds; else what the system says
 */
export function readKeystoreText(file: string): string {
  if (statSync(file).size <= LARGEST) return decodeText(readFileSync(file));
  throw new Vb365Error('keystore-unreadable', {
    subject: file,
    message: `cannot read ${file}: it is larger than anything the keystore holds (${LARGEST / 1_048_576} MiB)`,
    cure: 'move it away, and restore the file from Git',
  });
}
