import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { brokenLinks } from './support/markdown-links';
import { repositoryFiles } from './support/repository-files';

const root = join(__dirname, '..');

/** Node with the loader of this repository's tsx, so that the empty project needs nothing but the package. */
const TSX = join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');

describe('the packed package', () => {
  let folder: string;

  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, VB365_IDENTITY: join(folder, 'identity.txt'), CI: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vb365-package-'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: 'pipe' });
    const [archive = ''] = readdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // Peers come along, in the versions that the package asks for.
    run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${archive}`);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Absolute path, and files relative to it with slashes. */
  function installed(): { readonly path: string; readonly files: readonly string[] } {
    const path = join(folder, 'node_modules', 'cdktf-vb365');
    const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return {
      path,
      files: entries.map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll(sep, '/')),
    };
  }

  it('holds code, types, schema, sample and licence, and no test', () => {
    const { files } = installed();

    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'vb365.schema.json', 'vb365.yaml', 'dist/lib/index.d.ts']),
    );
    expect(files.filter((file) => /^(dist\/)?(test|bench|emulators)\/|keystore\/.*\.(crt|age)$/.test(file))).toEqual(
      [],
    );
  });

  it('holds beside the compiled code nothing that Git does not have', () => {
    const known = new Set(repositoryFiles());

    expect(installed().files.filter((file) => !file.startsWith('dist/') && !known.has(file))).toEqual([]);
  });

  it('holds everything that its Markdown files link to', () => {
    const cure = 'add it to "files" in package.json, or put what it says here';

    expect(brokenLinks({ ...installed(), cure })).toEqual([]);
  });

  it('runs the example in an empty project', () => {
    cpSync(join(root, 'examples', 'constructs'), join(folder, 'example'), { recursive: true });
    run(process.execPath, '--import', TSX, join('example', 'main.ts'));

    const stack = readFileSync(join(folder, 'cdktf.out', 'stacks', 'backup', 'cdk.tf.json'), 'utf8');
    expect(stack).toContain('VB365 contoso');
    rmSync(join(folder, 'cdktf.out'), { recursive: true });
  });

  it('goes from nothing to Terraform in three commands', () => {
    const vb365 = join('node_modules', '.bin', 'vb365');
    run(vb365, 'init');
    expect(run(vb365, 'issue')).toContain('issued contoso/entra-application 0001');
    run(vb365, 'synth');

    expect(existsSync(join(folder, 'cdktf.out', 'stacks', 'contoso', 'cdk.tf.json'))).toBe(true);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).not.toMatch(/^\/?keystore\/?$/m);
  });
});
