import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import manifest from '../package.json';

const root = join(__dirname, '..');

/** Files that Node loads for doors of the package, beside those of whoever asks. */
function modulesOf(...doors: readonly string[]): string[] {
  const script = `const before = new Set(Object.keys(require.cache));
    for (const door of ${JSON.stringify(doors.map((door) => join(root, door)))}) require(door);
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
  const options = { cwd: root, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', '--eval', script], options)) as string[];
}

describe('the doors of the package', () => {
  it('load with constructs what constructs need, and nothing of what seals, reviews and installs', () => {
    const modules = modulesOf('lib/index.ts');
    const packages = new Set(modules.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]));
    expect(modules.length).toBeLessThanOrEqual(500);
    expect(packages).toContain('cdktf');
    for (const heavy of ['zod', 'js-yaml', 'node-forge', 'age-encryption', 'undici'])
      expect(packages).not.toContain(heavy);
  });

  it('load no CDKTF for certificates, keystore, configuration, lifecycle, review, installing and verifying', () => {
    const doors = Object.keys(manifest.exports).filter((door) => !['.', './stacks', './package.json'].includes(door));
    expect(doors.length).toBeGreaterThanOrEqual(7);
    const modules = modulesOf(...doors.map((door) => `lib/${door.slice('./'.length)}/index.ts`));
    expect(modules.filter((file) => /node_modules\/(?:cdktf|constructs|@cdktf)\//.test(file))).toEqual([]);
  });
});
