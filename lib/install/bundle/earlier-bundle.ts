import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../../config/configuration';
import { withFileErrors } from '../../system/durable-files';
import { readUpTo } from '../../system/read-file';
import { bundleFolders } from './bundle';
import { listedFiles } from './readme';

/** Bytes; that of a hundred certificates has a tenth of it. */
const README_LIMIT = 1_048_576;

/**
 * What an earlier bundle in the folder lists, which its new README will not: nobody would install it, its password may be gone,
 * and it is a private key all the same. Other files, such as exports, stay.
 *
 * @param out folder of the bundle
 * @param files absolute paths of the new bundle
 * @throws Vb365Error `output-unwritable`
 */
export function filesOfEarlier({ installations }: Configuration, out: string, files: readonly string[]): string[] {
  const written = new Set(files);
  const folders = [out, ...bundleFolders(installations).map((folder) => join(out, folder))];
  const listed = folders.flatMap((folder) => listedFiles(readmeIn(folder)).map((name) => join(folder, name)));
  const all = listed.flatMap((file) => [file, file.replace(/pfx$/, 'cer')]);
  return all.filter((file) => !written.has(file) && isFile(file));
}

/** Empty where there is none. */
function readmeIn(folder: string): string {
  const file = join(folder, 'README.txt');
  return isFile(file)
    ? withFileErrors('output-unwritable', file, 'read', () => readUpTo(file, README_LIMIT).toString())
    : '';
}

function isFile(file: string): boolean {
  const look = (): boolean => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return withFileErrors('output-unwritable', file, 'read', look);
}
