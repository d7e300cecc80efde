import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute path of a file that the package ships beside its code, whether it runs compiled or from source. */
function packageFile(name: string): string {
  return join(dirname(require.resolve('cdktf-vb365/package.json')), name);
}

/** Text of such a file. */
export function textOfPackage(name: string): string {
  return readFileSync(packageFile(name), 'utf8');
}
