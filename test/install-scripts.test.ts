import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowScripts } from '../package.json';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly hasInstallScript?: boolean }>>;
}

const lockFile: LockFile = JSON.parse(readFileSync(join(__dirname, '..', 'package-lock.json'), 'utf8'));

/** Each with its own name, which is another than its folder's where it stands in for a package. */
const packages = Object.entries(lockFile.packages).map(([path, { name, hasInstallScript = false }]) => ({
  name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  hasInstallScript,
}));

/**
 * npm 12 runs no script that is not allowed, and begins with a list of those that nobody has decided about; `allowScripts`
 * of the root package decides.
 *
 * Source: https://docs.npmjs.com/cli/commands/npm-install-scripts
 */
describe('install scripts of dependencies', () => {
  it('are decided about by name', () => {
    const withScript = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(withScript).not.toEqual([]);
    expect(withScript.filter((name) => !(name in allowScripts))).toEqual([]);
  });

  it('are all refused: nothing here needs one', () => {
    expect(Object.values(allowScripts)).not.toContain(true);
  });

  it('are not decided about where the package is gone', () => {
    const names = new Set(packages.map(({ name }) => name));
    expect(Object.keys(allowScripts).filter((name) => !names.has(name))).toEqual([]);
  });
});
