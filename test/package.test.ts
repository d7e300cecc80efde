import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  }, 180_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds code, types, schema, sample and licence, and no test', () => {
    const files = readdirSync(join(folder, 'node_modules', 'cdktf-vb365'), { recursive: true, encoding: 'utf8' });

    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'vb365.schema.json', 'vb365.yaml', 'dist/lib/index.d.ts']),
    );
    expect(files.filter((file) => /test|bench|emulator|keystore\/.*\.(crt|age)$/.test(file))).toEqual([]);
  });

  it('runs the example in an empty project', () => {
    cpSync(join(root, 'examples', 'constructs'), join(folder, 'example'), { recursive: true });
    run(process.execPath, '--import', TSX, join('example', 'main.ts'));

    const stack = readFileSync(join(folder, 'cdktf.out', 'stacks', 'backup', 'cdk.tf.json'), 'utf8');
    expect(stack).toContain('VB365 contoso');
    rmSync(join(folder, 'cdktf.out'), { recursive: true });
  });

  it('goes from nothing to Terraform in three commands', () => {
    run('npx', 'vb365', 'init');
    expect(run('npx', 'vb365', 'issue')).toContain('issued contoso/entra-application 0001');
    run('npx', 'vb365', 'synth');

    expect(existsSync(join(folder, 'cdktf.out', 'stacks', 'contoso', 'cdk.tf.json'))).toBe(true);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).not.toMatch(/^\/?keystore\/?$/m);
  });
});
