import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../../lib/config/read-configuration';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

afterAll(removeWorkplaces);

describe('vb365 init', () => {
  it('makes identity, recipients, a sample that can be read, its schema, files for Git and cdktf.json', async () => {
    const workplace = new Workplace(null);
    const { code, stdout, stderr } = await workplace.run(['init']);

    expect(code).toBe(0);
    for (const name of ['vb365.yaml', 'vb365.schema.json', '.gitignore', '.gitattributes', 'keystore/recipients.txt']) {
      expect(existsSync(workplace.path(name))).toBe(true);
    }
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'made vb365.schema.json',
      'made vb365.yaml',
      'made .gitignore',
      'made .gitattributes',
      'made cdktf.json',
      'made package.json: by its override, cdktf-cli starts under every Node',
    ]);
    expect(stdout).toContain(`Made your identity ${workplace.identity}`);
    expect(stdout).toMatch(
      /\nNext: put your own names into vb365\.yaml, then run "npm install --save-dev cdktf-cli" and "npx cdktf synth"\.\n$/,
    );
    expect(stderr).toBe('');
    expect(readConfiguration(workplace.path('vb365.yaml')).installations).toHaveLength(1);
  });

  it('makes an identity that only its owner can read', async () => {
    const workplace = new Workplace(null);
    await workplace.run(['init']);
    expect(statSync(workplace.identity).mode & 0o777).toBe(0o600);
  });

  it('changes nothing the second time', async () => {
    const workplace = new Workplace(null);
    await workplace.run(['init']);
    const before = workplace.snapshot();
    const { code, stderr, stdout } = await workplace.run(['init']);
    expect(code).toBe(0);
    expect(stdout).toBe('Nothing to make: everything is there.\n');
    expect(stderr).toBe('');
    expect(workplace.snapshot()).toEqual(before);
  });

  it('keeps a configuration that is there, and adds no schema to it', async () => {
    const workplace = new Workplace();
    const before = workplace.read('vb365.yaml');
    await workplace.run(['init']);
    expect(workplace.read('vb365.yaml')).toBe(before);
    expect(existsSync(workplace.path('vb365.schema.json'))).toBe(false);
  });

  it('makes a new folder where --config names one', async () => {
    const workplace = new Workplace(null);
    const { code, stdout } = await workplace.run(['init', '--config', 'new/vb365.yaml']);
    expect(code).toBe(0);
    expect(stdout).toContain('made new/vb365.yaml');
    expect(existsSync(workplace.path('new/keystore/recipients.txt'))).toBe(true);
  });

  it('runs a configuration of another name, and keeps another keystore out of Git by its name', async () => {
    const workplace = new Workplace(null);
    workplace.write('new/our file.yaml', `keystore: certs/[eu]\n${THREE_LINEAGES}`);
    expect((await workplace.run(['init', '--config', 'new/our file.yaml'])).code).toBe(0);
    const { app } = JSON.parse(workplace.read('new/cdktf.json')) as { app: string };
    expect(app).toBe('npx vb365 issue --config "our file.yaml" && npx vb365 synth --config "our file.yaml"');
    const ignored = ['certs/[eu]/.lock/x', 'certs/[eu]/.staging-1/x', 'certs/[eu]/a/b/.retired-0001/x'];
    execFileSync('git', ['init', '--quiet'], { cwd: workplace.path('new') });
    const check = ['check-ignore', ...ignored, 'certs/[eu]/a/b/0001.key.age'];
    const said = execFileSync('git', check, { cwd: workplace.path('new'), encoding: 'utf8' });
    expect(said.trimEnd().split('\n')).toEqual(ignored);
  });

  it('says what an existing cdktf.json lacks, and does not change it', async () => {
    const workplace = new Workplace();
    workplace.write('cdktf.json', '{ "app": "npx ts-node main.ts" }');
    const { stdout } = await workplace.run(['init']);
    expect(stdout).toContain('cdktf.json is there already: set its "app" to "npx vb365 issue && npx vb365 synth"\n');
    expect(workplace.read('cdktf.json')).toBe('{ "app": "npx ts-node main.ts" }');
  });

  it('adds the override to the package.json of the project, and changes nothing else in it', async () => {
    const workplace = new Workplace(null);
    workplace.write('package.json', '{\n\t"name": "infra",\n\t"dependencies": { "cdktf-vb365": "^0.1.0" }\n}\n');
    const { stdout } = await workplace.run(['init', '--config', 'new/vb365.yaml']);
    expect(stdout).toContain('changed package.json: by its override, cdktf-cli starts under every Node\n');
    expect(stdout).not.toContain('is there already');
    expect(workplace.read('package.json')).toBe(
      `{\n\t"name": "infra",\n\t"dependencies": { "cdktf-vb365": "^0.1.0" },\n\t"overrides": {\n\t\t"@cdktf/node-pty-prebuilt-multiarch": "npm:@lydell/node-pty@1.1.0"\n\t}\n}\n`,
    );
    expect(existsSync(workplace.path('new/package.json'))).toBe(false);
  });

  it.each([
    ['package.json', '{ "devDependencies": { "cdktf-cli": "^0.21.0" } }'],
    ['node_modules/cdktf-cli/package.json', '{ "name": "cdktf-cli", "version": "0.21.0" }'],
  ])('says what to run where cdktf-cli is there already: %s', async (name, content) => {
    const workplace = new Workplace(null);
    workplace.write(name, content);
    const { stdout } = await workplace.run(['init']);
    expect(stdout).toContain(
      'cdktf-cli is there already, without the override: run "npm uninstall cdktf-cli" and "npm install --save-dev cdktf-cli" before you install anything else.\n',
    );
  });

  it('makes nothing where package.json cannot be read', async () => {
    const workplace = new Workplace(null);
    workplace.write('package.json', '{ "name": "x",\n}');
    const before = workplace.snapshot();
    const { code, stderr } = await workplace.run(['init']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[package-json-unreadable\] package\.json:2 .*\ncure: .*\n$/);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('says like issue and synth that the cdktf-cli beside the configuration cannot start, and not to cdktf itself', async () => {
    const workplace = new Workplace();
    // Before the first look: Jest remembers of a module that it is not there.
    workplace.write('node_modules/cdktf-cli/package.json', '{ "name": "cdktf-cli", "version": "0.21.0" }');
    await workplace.run(['init']);
    await workplace.run(['issue']);
    const said = /^warning\[cdktf-cli-cannot-start\] cdktf-cli cannot start under Node .*\ncure: .*\n$/;
    for (const command of ['init', 'issue']) {
      const { code, stderr } = await workplace.run([command]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(said) });
    }
    const synth = await workplace.runProcess(['synth']);
    expect(synth).toMatchObject({ code: 0, stderr: expect.stringMatching(said) });
    expect((await workplace.run(['issue'], { env: { CDKTF_OUTDIR: 'cdktf.out' } })).stderr).toBe('');
  });

  it('warns where CI is set that the identity goes with the machine', async () => {
    const workplace = new Workplace(null);
    const { code, stderr } = await workplace.run(['init'], { env: { CI: 'true' } });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning\[identity-made-in-ci\] the identity .* are lost with the machine\ncure: .*\n$/);
    expect((await workplace.run(['init'], { env: { CI: 'true' } })).stderr).toBe('');
  });

  it('tells who joins a keystore how to be able to open its keys', async () => {
    const workplace = new Workplace(null);
    await workplace.run(['init']);
    const recipients = workplace.read('keystore/recipients.txt');
    const { code, stderr } = await workplace.run(['init'], { env: { VB365_IDENTITY: `${workplace.identity}.other` } });
    expect(code).toBe(0);
    expect(stderr).toMatch(/add age1\w+ to keystore\/recipients\.txt/);
    expect(workplace.read('keystore/recipients.txt')).toBe(recipients);
  });

  it('does not put the identity into a Git work tree', async () => {
    const workplace = new Workplace(null);
    workplace.write('.git/HEAD', '');
    const { code, stderr } = await workplace.run(['init'], { env: { VB365_IDENTITY: workplace.path('identity.txt') } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[identity-inside-repository\] .*\ncure: .*\n$/m);
    expect(existsSync(workplace.path('identity.txt'))).toBe(false);
    expect(existsSync(join(workplace.folder, 'keystore'))).toBe(false);
  });

  it('refuses an identity where its path is expected, and repeats nothing of it', async () => {
    const workplace = new Workplace();
    const identity = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
    const before = workplace.snapshot();
    const { code, stderr, stdout } = await workplace.run(['init'], { env: { VB365_IDENTITY: identity } });
    expect(code).toBe(2);
    expect(stderr).toContain('error[identity-in-variable]');
    expect(stdout + stderr).not.toContain('QQQQ');
    expect(Object.keys(workplace.snapshot()).join()).not.toContain('QQQQ');
    expect(Object.keys(before)).toContain('repository/vb365.yaml');
  });
});
