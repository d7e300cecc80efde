import { openSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { Keystore } from '../../lib/keystore/keystore';
import { openssl } from '../support/openssl';
import { ended, removeWorkplaces, Workplace } from '../support/cli';

const PROJECT = resolve(__dirname, '../..');

/** Holds three lineages; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue']);
});

afterAll(removeWorkplaces);

describe('vb365 as a process', () => {
  it.each([
    [0, ['status']],
    [1, ['status', '--at', '2100-01-01']],
    [2, ['status', '--config', 'absent.yaml']],
    [2, ['status', '--unknown']],
  ])('exits with %i after %j', async (expected, args) => {
    const { code, stdout, stderr } = await done.runProcess(args);
    expect(code).toBe(expected);
    expect(stderr).not.toMatch(/^ +at /m);
    if (expected === 2) expect(stdout).toBe('');
  });

  it('keeps standard output for data', async () => {
    const { stdout, stderr } = await done.runProcess(['status', '--json', '--at', '2100-01-01']);
    expect(JSON.parse(stdout)).toHaveLength(3);
    expect(stderr).toBe('');
  });

  it.each(['stdout', 'stderr'] as const)('goes on quietly where nobody reads its %s any more', async (stream) => {
    const child = done.spawn(['status', '--at', '2100-01-01']);
    child[stream]?.destroy();
    const other = stream === 'stdout' ? child.stderr : child.stdout;
    const chunks: string[] = [];
    other?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    expect(await ended(child)).toBe(1);
    expect(chunks.join('')).not.toMatch(/EPIPE|^ +at /m);
  });

  it('fails where its output is lost', async () => {
    const full = openSync('/dev/full', 'w');
    const child = done.spawn(['status', '--json'], { stdio: ['ignore', full, 'pipe'] });
    const chunks: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    expect(await ended(child)).toBe(2);
    expect(chunks.join('')).toMatch(/^error\[output-lost\] .*ENOSPC.*\ncure: .*\n$/);
  });

  it('works without a home folder', async () => {
    const { code } = await done.runProcess(['status'], { env: { HOME: undefined } });
    expect(code).toBe(0);
  });

  it('imports from the personal store of .NET', async () => {
    const workplace = new Workplace();
    const { thumbprint } = new Keystore(done.path('keystore')).current('contoso/entra-application')?.certificate ?? {};
    const pfx = `.dotnet/corefx/cryptography/x509stores/my/${thumbprint ?? ''}.pfx`;
    workplace.write('wizard.pfx', '');
    await done.run(
      ['export', 'contoso/entra-application', '--password-env', 'P', '--force', '--out', workplace.path('wizard.pfx')],
      { env: { P: 'secret' } },
    );
    openssl([
      'pkcs12',
      '-in',
      workplace.path('wizard.pfx'),
      '-nodes',
      '-passin',
      'pass:secret',
      '-out',
      workplace.path('pem'),
    ]);
    workplace.write(pfx, '');
    openssl(['pkcs12', '-export', '-in', workplace.path('pem'), '-out', workplace.path(pfx), '-passout', 'pass:']);
    const args = ['import', 'contoso/entra-application', '--thumbprint', (thumbprint ?? '').toLowerCase()];
    const { code, stdout } = await workplace.runProcess(args, { env: { HOME: workplace.folder } });
    expect(code).toBe(0);
    expect(stdout).toContain(`imported contoso/entra-application 0001: ${thumbprint ?? ''}`);
  });

  it('synthesizes every stack, byte for byte the same again', async () => {
    const workplace = done.copy();
    const first = await workplace.runProcess(['synth']);
    expect(first).toEqual({ code: 0, stdout: 'Wrote the Terraform of every stack to cdktf.out.\n', stderr: '' });
    const stack = workplace.read('cdktf.out/stacks/contoso/cdk.tf.json');
    expect(stack).toContain('azuread_application_certificate');
    expect((await workplace.runProcess(['synth'])).code).toBe(0);
    expect(workplace.read('cdktf.out/stacks/contoso/cdk.tf.json')).toBe(stack);
  });

  it('synthesizes nothing while a certificate is missing', async () => {
    const { code, stdout, stderr } = await new Workplace().runProcess(['synth']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/error\[certificates-missing\] .*\ncure: .*\n$/);
    expect(stderr).toContain(
      'error[certificate-missing-in-keystore] the keystore has no certificate of primary/rest-api',
    );
    expect(stderr).toContain('cure: run "vb365 issue"\n');
  });
});

describe('vb365 issue with nothing to do', () => {
  it('loads nothing that reads certificates, seals keys or builds stacks', () => {
    const script = `
      const { run } = require('./cli/program.ts');
      run(['node', 'vb365', 'issue', '--config', process.argv[1]], process).then((code) => {
        process.exitCode = code;
        process.stdout.write(JSON.stringify(Object.keys(require.cache)));
      });`;
    const args = ['--import', require.resolve('tsx'), '-e', script, done.path('vb365.yaml')];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: PROJECT, encoding: 'utf8' });
    const loaded = (JSON.parse(stdout.split('\n').at(-1) ?? '') as string[]).map((file) => relative(PROJECT, file));
    expect(status).toBe(0);
    expect(loaded).toContain('lib/config/read-configuration.ts');
    expect(loaded.filter((file) => /^lib\/certificates|^stacks/.test(file))).toEqual([
      'lib/certificates/thumbprint.ts',
      'lib/certificates/looks-as-issued.ts',
      'lib/certificates/x509/validity.ts',
    ]);
    // Whatever else there is imports age, or what imports it.
    expect(loaded.filter((file) => file.startsWith('lib/keystore/')).sort()).toEqual([
      'lib/keystore/listing.ts',
      'lib/keystore/merge-conflict.ts',
      'lib/keystore/sealing/sealed-text.ts',
      'lib/keystore/soundness.ts',
    ]);
    expect(
      loaded.filter((file) => /node_modules\/(?:node-forge|age-encryption|cdktf|constructs)\//.test(file)),
    ).toEqual([]);
  });
});
