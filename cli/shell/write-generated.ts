import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { readUpTo } from '../../lib/system/read-file';
import type { Terminal } from './terminal';
import { refuseTaken, writePublicFile } from './write-file';

/** Enough of a file to tell what it is. */
const HEAD = 65_536;

/**
 * Writes a file that a command makes again and again, such as a calendar or a report: over its predecessor, and over nothing
 * else. One that would be the same is left as it is.
 *
 * @param file relative to the working folder of the terminal
 * @param isOurs tells by the beginning of the existing file, 65,536 bytes or more, whether such a command made it
 * @param force whether any file is written over
 * @returns absolute path
 * @throws Vb365Error `output-exists`, `output-unwritable`
 */
export function writeGenerated(
  terminal: Terminal,
  file: string,
  content: string,
  isOurs: (existing: string) => boolean,
  force = false,
): string {
  const path = resolve(terminal.cwd(), file);
  const existing = headOf(path, Math.max(HEAD, Buffer.byteLength(content) + 1));
  if (existing === content) return path;
  const overwrite = force || (existing !== undefined && isOurs(existing));
  refuseTaken([path], overwrite);
  writePublicFile(path, content, overwrite);
  return path;
}

/** Undefined where there is no file that can be read: whoever writes says what stands in the way. */
function headOf(path: string, limit: number): string | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    return readUpTo(path, limit).toString('utf8');
  } catch {
    return undefined;
  }
}
