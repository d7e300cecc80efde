import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodeText } from './text';

/** Whether anything stands at a path that may be looked at; where links lead is followed. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

/** The text of a file; undefined where there is none, it is something else, larger than a bound, or cannot be read. */
export function textOfFile(file: string, mostBytes: number): string | undefined {
  try {
    const status = lstatSync(file, { throwIfNoEntry: false });
    // Looked at first: whoever names a pipe or /dev/zero shall not wait without end.
    return status?.isFile() === true && status.size <= mostBytes ? decodeText(readFileSync(file)) : undefined;
  } catch {
    return undefined;
  }
}

/** With the symbolic links of its folders followed, as far as these are there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

/** The folder itself, or the nearest one above it that is there. */
export function existingFolder(folder: string): string {
  const parent = dirname(folder);
  return parent === folder || existsSync(folder) ? folder : existingFolder(parent);
}
