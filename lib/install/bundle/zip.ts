import { zipSync } from 'fflate';
import type { BundleFile } from './bundle';

/** The first moment that a zip can hold, in whatever time zone: the same files give the same archive. */
const NO_TIME = '1980-01-02T00:00:00';

/** Unix, version 2.0: whoever unpacks it there gets files for himself only. */
const UNIX = 3;
const PRIVATE_FILE = 0o100600;

/** The files as a zip archive, in their order. */
export function zipOf(files: readonly BundleFile[]): Buffer {
  const attributes = { os: UNIX, attrs: (PRIVATE_FILE << 16) >>> 0, mtime: NO_TIME };
  return Buffer.from(zipSync(Object.fromEntries(files.map(({ name, content }) => [name, [content, attributes]]))));
}
