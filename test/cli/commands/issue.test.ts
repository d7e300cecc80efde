import { createPrivateKey } from 'node:crypto';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Keystore } from '../../../lib/keystore/keystore';
import { withKeystoreLock } from '../../../lib/keystore/lock';
import {
  configurationOf,
  importedOrganization,
  type Outcome,
  removeWorkplaces,
  THREE_LINEAGES,
  Workplace,
} from '../../support/cli';
import { openKeys } from '../../support/open-keys';

const ISSUED = [
  'issued contoso/entra-application 0001',
  'issued primary/rest-api 0001',
  'issued primary/restore-operator-authentication 0001',
];

/** Holds the three lineages; not to be changed. */
let done: Workplace;
let first: { code: number; stdout: string; stderr: string };

beforeAll(async () => {
  done = new Workplace();
  first = await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
});

afterAll(removeWorkplaces);

describe('vb365 issue', () => {
  it('issues what is missing, and says each on standard output', () => {
    expect(first.stdout).toContain(`\n${ISSUED.join('\n')}\n`);
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
  });

  it('makes identity and recipients on the first run, and says where', () => {
    expect(first.stdout).toContain(`Made your identity ${done.identity}`);
    expect(first.stdout).toContain('Made the list of recipients keystore/recipients.txt');
    expect(first.stdout).toMatch(/\nCommit the folder keystore to Git: .*\n$/);
  });

  it('seals keys that open with the identity and belong to their certificates', async () => {
    const keystore = new Keystore(done.path('keystore'));
    expect(await openKeys(keystore, done.identity)).toHaveLength(3);
    expect(keystore.findings()).toEqual([]);
  });

  it('issues for the moment of --at', () => {
    const { certificate } = new Keystore(done.path('keystore')).current('primary/rest-api') ?? {};
    expect(certificate?.notBefore).toEqual(new Date('2026-06-01T11:00:00Z'));
    expect(certificate?.notAfter).toEqual(new Date('2027-06-01T12:00:00Z'));
    expect(certificate?.dnsNames).toEqual(['vb365.example.com']);
  });

  it.each([['0000-01-01'], ['9999-12-31']])('makes nothing at %s, which no certificate can say', async (at) => {
    const workplace = new Workplace();
    const before = workplace.snapshot();
    for (const dryRun of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await workplace.run(['issue', '--at', at, ...dryRun]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error\[certificate-validity-invalid\] .*\ncure: check --at, .*\n$/);
    }
    expect(workplace.snapshot()).toEqual(before);
  });

  it('does nothing the second time', async () => {
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(['issue', '--at', '2026-07-01']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'Nothing to issue: none of 3 certificates is missing.\n',
      stderr: '',
    });
    expect(done.snapshot()).toEqual(before);
  });

  it('issues what was added to the configuration, and nothing else', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const { code, stdout } = await workplace.run(['issue']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^issued northwind\/entra-application 0001\nCommit the folder .*\n$/);
  });

  it('leaves what is declared as imported to a person', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES + importedOrganization('northwind'));
    const { code, stdout, stderr } = await workplace.run(['issue']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error[certificate-missing-in-keystore]');
    expect(stderr).toContain(
      'cure: get a new certificate ("vb365 request northwind/entra-application" asks an authority for one), and run "vb365 import northwind/entra-application <file>"',
    );
  });

  it('fails with recipients-missing where a keystore has keys and no recipients', async () => {
    const workplace = done.copy();
    workplace.write('keystore/recipients.txt', '# nobody\n');
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const before = workplace.snapshot();
    const { code, stderr } = await workplace.run(['issue']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[recipients-missing\] .*\ncure: .*\n$/);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('asks for nothing where nothing is declared', async () => {
    const workplace = new Workplace('keystore: keystore\n');
    const { code, stdout } = await workplace.run(['issue']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing to issue: no certificate is asked for.\n' });
    expect(existsSync(workplace.path('keystore'))).toBe(false);
  });
});

describe('vb365 issue --dry-run', () => {
  it('says what is missing, exits with 1 and writes nothing', async () => {
    const workplace = new Workplace(THREE_LINEAGES + importedOrganization('northwind'));
    const before = workplace.snapshot();
    const { code, stdout } = await workplace.run(['issue', '--dry-run']);
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'missing primary/rest-api: to be issued, RSA 2048, valid for 365 days',
      'missing primary/restore-operator-authentication: to be issued, RSA 2048, valid for 365 days',
      'missing contoso/entra-application: to be issued, RSA 2048, valid for 365 days',
      'missing northwind/entra-application: to be imported',
      `would make your identity ${workplace.identity}`,
      'would make the list of recipients keystore/recipients.txt',
      '',
    ]);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('finds nothing where all is well', async () => {
    const { code, stdout, stderr } = await done.run(['issue', '--dry-run', '--at', '2026-07-01']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('Nothing to issue: none of 3 certificates is missing.\n');
  });

  it('judges the certificates that are there', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES.replaceAll('vb365.example.com', 'backup.example.com'));
    const { code, stderr } = await workplace.run(['issue', '--dry-run', '--at', '2028-01-01']);
    expect(code).toBe(1);
    expect(stderr).toContain('warning[certificate-expired] contoso/entra-application 0001: it expired');
    expect(stderr).toContain('error[certificate-name-mismatch] primary/rest-api 0001: it does not name backup');
  });

  it('says what is wrong with the keystore', async () => {
    const workplace = done.copy();
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const { code, stderr } = await workplace.run(['issue', '--dry-run', '--at', '2026-07-01']);
    expect(code).toBe(2);
    expect(stderr.match(/error\[keystore-certificate-unreadable\]/g)).toHaveLength(1);
  });
});

describe('vb365 issue --dry-run of a list of recipients', () => {
  it('refuses one that issue would refuse', async () => {
    const workplace = new Workplace();
    workplace.write('keystore/recipients.txt', 'garbage\n');
    const { code, stdout, stderr } = await workplace.run(['issue', '--dry-run']);
    expect(code).toBe(2);
    expect(stdout).toContain('missing primary/rest-api');
    expect(stderr).toContain(
      'error[recipient-malformed] keystore/recipients.txt:1: it is not a recipient, which begins with age1\n',
    );
  });

  it('says nothing of one that is fit', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const { code, stdout, stderr } = await workplace.run(['issue', '--dry-run', '--at', '2026-07-01']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^missing northwind\/entra-application: .*\n$/);
  });
});

describe('vb365 issue with certificates that need attention', () => {
  it.each([
    ['2026-07-01', undefined, 'nothing'],
    ['2027-05-15', 'certificate-renewal-due', 'those inside their renewal window'],
    ['2027-07-01', 'certificate-expired', 'those that have expired'],
    ['2026-05-01', 'certificate-not-yet-valid', 'those that are not valid yet'],
  ])('at %s says %s of each, and lets the deployment go on: %s', async (at, id, _) => {
    const { code, stdout, stderr } = await done.run(['issue', '--at', at]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing to issue: none of 3 certificates is missing.\n' });
    const lines = stderr.split('\n').filter((line) => line.startsWith('warning['));
    expect(lines).toHaveLength(id === undefined ? 0 : 3);
    for (const line of lines) expect(line).toContain(`warning[${id ?? ''}] `);
  });

  it('says that a sealed key is missing, and where the cure is', async () => {
    const workplace = done.copy();
    rmSync(workplace.path('keystore/primary/rest-api/0001.key.age'));
    const { code, stderr } = await workplace.run(['issue', '--at', '2026-07-01']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[keystore-key-missing\] primary\/rest-api\/0001.*\ncure: restore the key.*\n$/);
  });

  it('says that a certificate cannot be read', async () => {
    const workplace = done.copy();
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const { code, stderr } = await workplace.run(['issue', '--at', '2026-07-01']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[keystore-certificate-unreadable\] primary\/rest-api\/0001\.crt .*\ncure: .*\n$/);
  });

  it('says so beside what it issues', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const { code, stdout, stderr } = await workplace.run(['issue', '--at', '2027-07-01']);
    expect(code).toBe(0);
    expect(stdout).toContain('issued northwind/entra-application 0001');
    expect(stderr.match(/certificate-expired/g)).toHaveLength(3);
  });
});

describe('vb365 issue while another command writes', () => {
  it('says that it waits, and commits nothing that it did not issue', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const folder = workplace.path('keystore');
    let held: Promise<Outcome> | undefined;
    await withKeystoreLock(folder, async () => {
      await new Promise<void>((onStderr) => {
        held = workplace.run(['issue', '--at', '2026-07-01'], { onStderr });
      });
      cpSync(join(folder, 'contoso'), join(folder, 'northwind'), { recursive: true });
    });
    const { stdout, stderr } = (await held) ?? { stdout: undefined, stderr: undefined };
    expect(stderr).toBe('waiting for another command that writes to the keystore\n');
    expect(stdout).toBe('Nothing left to issue: another command has issued it meanwhile.\n');
  });
});

describe('vb365 issue where CI is set', () => {
  it.each(['1', 'true', 'anything'])('issues nothing and fails with the command to run (CI=%s)', async (CI) => {
    const workplace = new Workplace(THREE_LINEAGES + importedOrganization('northwind'));
    const before = workplace.snapshot();
    const { code, stdout, stderr } = await workplace.run(['issue'], { env: { CI } });
    expect(code).toBe(2);
    expect(stdout).toContain('missing contoso/entra-application: to be issued');
    expect(stderr).toBe(
      [
        'error[certificates-missing] 4 certificates are missing from the keystore, and CI is set: nothing is issued here',
        'cure: run "vb365 issue" and "vb365 import northwind/entra-application <file>" at a workstation, and commit the keystore',
        '',
      ].join('\n'),
    );
    expect(workplace.snapshot()).toEqual(before);
  });

  it('passes where nothing is missing, without any identity', async () => {
    const { code } = await done.run(['issue'], { env: { CI: 'true', VB365_IDENTITY: '/nowhere/identity.txt' } });
    expect(code).toBe(0);
  });

  it('issues with --ci to the recipients that are there, without any identity', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const env = { CI: 'true', VB365_IDENTITY: `${workplace.identity}.absent` };
    const { code, stdout } = await workplace.run(['issue', '--ci'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^issued northwind\/entra-application 0001\n/);
    expect(existsSync(env.VB365_IDENTITY)).toBe(false);
    expect(await openKeys(new Keystore(workplace.path('keystore')), workplace.identity)).toHaveLength(4);
  });

  it('makes neither identity nor recipients with --ci', async () => {
    const workplace = new Workplace();
    const before = workplace.snapshot();
    const { code, stderr } = await workplace.run(['issue', '--ci'], { env: { CI: 'true' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[recipients-missing\]/);
    expect(workplace.snapshot()).toEqual(before);
  });

  it.each(['', '0', 'false', 'False'])('takes CI=%j for a workstation', async (CI) => {
    const { code } = await done.run(['issue', '--dry-run', '--at', '2026-07-01'], { env: { CI } });
    expect(code).toBe(0);
  });
});

describe('vb365 issue --shard', () => {
  it('issues its part only', async () => {
    const workplace = new Workplace();
    const { stdout } = await workplace.run(['issue', '--shard', '2/3']);
    expect(stdout.match(/^issued .*$/gm)).toEqual(['issued primary/restore-operator-authentication 0001']);
    const { stdout: rest } = await workplace.run(['issue', '--dry-run', '--shard', '2/3']);
    expect(rest).toBe('Nothing to issue: none of 1 certificates is missing.\n');
    expect(readdirSync(workplace.path('keystore/primary'))).toEqual(['restore-operator-authentication']);
  });

  it.each(['0/3', '4/3', '1', '1/', '/1', 'a/b', '1/0', '-1/2', '1/2/3', ' 1/2', ''])('refuses %j', async (shard) => {
    const { code, stderr } = await new Workplace().run(['issue', '--shard', shard]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[usage\] .*Give i\/n with 1 ≤ i ≤ n.*\ncure: run "vb365 issue --help"/);
  });
});

describe('vb365 issue with other files', () => {
  it('reads paths of a configuration relative to it, not to the working folder', async () => {
    const workplace = done.copy();
    workplace.write('elsewhere/vb365.yaml', `keystore: ../keystore\n${THREE_LINEAGES}`);
    const byOption = await workplace.run(['issue', '--config', 'elsewhere/vb365.yaml'], { cwd: workplace.folder });
    const byVariable = await workplace.run(['issue'], {
      env: { VB365_CONFIG: 'vb365.yaml' },
      cwd: workplace.path('elsewhere'),
    });
    expect([byOption.code, byVariable.code]).toEqual([0, 0]);
  });

  it('lets --config win over VB365_CONFIG', async () => {
    const { code } = await done.run(['issue', '--config', 'vb365.yaml'], { env: { VB365_CONFIG: 'absent.yaml' } });
    expect(code).toBe(0);
  });

  it('reads a configuration, recipients and certificates with CRLF', async () => {
    const workplace = done.copy();
    for (const name of ['vb365.yaml', 'keystore/recipients.txt', 'keystore/primary/rest-api/0001.crt']) {
      workplace.write(name, workplace.read(name).replaceAll('\n', '\r\n'));
    }
    const { code } = await workplace.run(['issue', '--dry-run', '--at', '2026-07-01']);
    expect(code).toBe(0);
  });

  it('keeps private keys out of everything but the sealed files', () => {
    const names = readdirSync(done.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
    for (const name of names) {
      expect(done.read(name)).not.toContain('PRIVATE KEY');
      if (name.endsWith('.key.age')) expect(() => createPrivateKey(done.read(name))).toThrow();
    }
    expect(names).toContain(join('keystore', 'primary', 'rest-api', '0001.key.age'));
  });
});
