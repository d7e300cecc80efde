import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMINISTRATOR } from '../../../emulators/vb365';
import { Keystore } from '../../../lib/keystore/keystore';
import { ended, type Outcome, removeWorkplaces, type TerminalOptions, Workplace } from '../../support/cli';
import { openssl } from '../../support/openssl';
import { PowershellStandIn } from '../../support/powershell';
import { describeWithPowershell } from '../../support/powershell-reader';
import { describeWithSsh, SshServer } from '../../support/ssh-server';
import { startHouse, type Vb365House } from '../../support/vb365';

const BACKUP_APPLICATION = '00000000-0000-0000-0000-0000000000aa';
const PORTAL_APPLICATION = '00000000-0000-0000-0000-0000000000bb';
const CLIENT = '00000000-0000-0000-0000-0000000000cc';
const OLD = '0'.repeat(40);

/** Every role, with REST API and Restore Portal on the server itself. */
const EVERYTHING = `installations:
  - name: primary
    productVersion: '8.3'
    tenantId: 00000000-0000-0000-0000-000000000001
    server: { hostName: vb365.example.com }
    proxies: [{ hostName: proxy.example.com, os: windows, membership: workgroup }]
    restApi: { hostName: vb365.example.com, port: 4443 }
    restorePortal:
      webAddress: https://vb365.example.com:4443
      application: { clientId: ${PORTAL_APPLICATION} }
    authentication: { restoreOperators: true, tenants: true }
organizations:
  - name: contoso
    installation: primary
    tenantId: 00000000-0000-0000-0000-000000000002
    services: [exchange]
    purposes: [backup]
    application: { displayName: VB365 contoso }
    backupApplications: [{ clientId: ${BACKUP_APPLICATION} }]
dataCloud:
  - name: fabrikam
    tenantId: 00000000-0000-0000-0000-000000000003
    services: [exchange]
    application: { displayName: Veeam Data Cloud }
`;
const SEPARATE = EVERYTHING.replace('restApi: { hostName: vb365', 'restApi: { hostName: rest').replace(
  'webAddress: https://vb365',
  'webAddress: https://rest',
);

/** Holds a certificate for every lineage; not to be changed. */
let done: Workplace;
let folder: string;
let standIn: PowershellStandIn;
const path = process.env.PATH;

beforeAll(async () => {
  done = new Workplace(EVERYTHING);
  await done.run(['issue']);
  folder = mkdtempSync(join(tmpdir(), 'vb365-install-'));
  standIn = new PowershellStandIn(folder);
  process.env.PATH = `${standIn.bin}:${path ?? ''}`;
});

beforeEach(() => {
  standIn.behave('answer');
});

afterAll(() => {
  process.env.PATH = path;
  standIn.close();
  rmSync(folder, { recursive: true, force: true });
  removeWorkplaces();
});

function install(args: readonly string[], options: TerminalOptions = {}): Promise<Outcome> {
  return done.run(['install', ...args], options);
}

function thumbprintOf(lineage: string): string {
  return new Keystore(done.path('keystore')).current(lineage)?.certificate.thumbprint ?? '';
}

describe('vb365 install --via local', () => {
  it('installs a lineage, and says what was there before', async () => {
    const { code, stdout, stderr } = await install(['primary/rest-api', '--via', 'local']);
    const thumbprint = thumbprintOf('primary/rest-api');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `installed primary/rest-api 0001 on vb365.example.com via local (thumbprint ${thumbprint}, before ${OLD})\n`,
      stderr: '',
    });
  });

  it('hands over a PFX that the password opens, with the certificate of the lineage', async () => {
    await install(['primary/server', '--via', 'local']);
    const { pfx = '', password = '', script } = standIn.envelope;
    const file = join(folder, 'got.pfx');
    writeFileSync(file, Buffer.from(pfx, 'base64'));
    const text = openssl(['pkcs12', '-in', file, '-nodes', '-passin', `pass:${password}`]);
    expect(text).toContain('BEGIN PRIVATE KEY');
    expect(openssl(['x509', '-noout', '-fingerprint'], text).replaceAll(':', '')).toContain(
      thumbprintOf('primary/server'),
    );
    expect(password).toMatch(/^[\w-]{32}$/);
    expect(script).toContain(
      "Import-Certificate -FilePath $certificateFile -CertStoreLocation 'Cert:\\LocalMachine\\Root'",
    );
    expect(script).not.toContain(password);
  });

  it('says that nothing was done where it is in use already', async () => {
    standIn.behave('current');
    const { code, stdout } = await install(['primary/rest-api', '--via', 'local']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^primary\/rest-api 0001 is in use on vb365\.example\.com via local already/);
  });

  it('asks without a key, without an identity', async () => {
    const { code, stdout } = await install(['contoso/entra-application', '--via', 'local', '--what-if'], {
      env: { VB365_IDENTITY: '/absent' },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^would install contoso\/entra-application 0001 /);
    expect(Object.keys(standIn.envelope)).toEqual(['script']);
  });

  it('tells the script of an organization and its application', async () => {
    await install(['contoso/entra-application', '--via', 'local', '--what-if', '--client-id', CLIENT]);
    expect(standIn.envelope.script).toContain(`ApplicationId -eq '${CLIENT}'`);
    await install([`contoso/backup-application-${BACKUP_APPLICATION}`, '--via', 'local', '--what-if']);
    expect(standIn.envelope.script).toContain(`$wanted = '${BACKUP_APPLICATION}'`);
    await install(['primary/restore-portal', '--via', 'local', '--what-if']);
    expect(standIn.envelope.script).toContain(`$application = [guid]'${PORTAL_APPLICATION}'`);
    expect(standIn.envelope.script).toContain("PortalUri = 'https://vb365.example.com:4443'");
  });

  it('takes all that it can, the REST API certificate last, and names what is left', async () => {
    const { code, stdout, stderr } = await install(['--all', '--via', 'local', '--what-if', '--json']);
    const rows: Record<string, unknown>[] = JSON.parse(stdout);
    expect(rows.map(({ lineage }) => lineage)).toEqual([
      'primary/server',
      'primary/restore-portal',
      'primary/tenant-authentication',
      'primary/restore-operator-authentication',
      'contoso/entra-application',
      `contoso/backup-application-${BACKUP_APPLICATION}`,
      'primary/rest-api',
    ]);
    expect(rows.at(-1)).toEqual({
      lineage: 'primary/rest-api',
      generation: '0001',
      thumbprint: thumbprintOf('primary/rest-api'),
      via: 'local',
      target: 'vb365.example.com',
      before: OLD,
      after: OLD,
      changed: false,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^advice\[left-to-a-person\] fabrikam\/data-cloud cannot be installed by the way "local"/);
  });

  it('says of what it leaves to a person not that there is nothing to do', async () => {
    const workplace = new Workplace();
    await workplace.run(['issue']);
    const { code, stdout, stderr } = await workplace.run(['install', '--all', '--dry-run']);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'Nothing is installed here: all 3 certificates are left to a person.\n',
    });
    expect(stderr.match(/^advice\[left-to-a-person\]/gm)).toHaveLength(3);
    const { stdout: json } = await workplace.run(['install', '--all', '--dry-run', '--json']);
    expect(JSON.parse(json)).toEqual([]);
  });

  it('goes on after a failure, and names every one', async () => {
    standIn.behave('refuse');
    const { code, stdout, stderr } = await install(['primary/rest-api', 'primary/server', '--via', 'local']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.match(/^error\[[\w-]+\]/gm)).toEqual([
      'error[install-refused]',
      'error[install-refused]',
      'error[installations-failed]',
    ]);
    expect(stderr).toContain('2 of 2 certificates were not installed');
  });

  it('never shows the password, whoever repeats it', async () => {
    standIn.behave('leak');
    const { code, stdout, stderr } = await install(['primary/rest-api', '--via', 'local']);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(standIn.envelope.password);
    expect(stderr).toContain('error[install-refused]');
  });
});

describe('vb365 install, ended by Ctrl+C', () => {
  it('says what it has done, ends PowerShell first, and leaves nothing', async () => {
    standIn.behave('hang');
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const before = done.snapshot();
    // A loader's own cache lies there, too.
    const env = { PATH: process.env.PATH, TMPDIR: temporary, TSX_DISABLE_CACHE: '1' };
    const child = done.spawn(['install', 'primary/server', '--via', 'local', '--json'], { env });
    await standIn.hangs();
    const code = ended(child);
    child.kill('SIGINT');
    expect(await code).toBeNull();
    expect(child.signalCode).toBe('SIGINT');
    await standIn.hasEnded();
    expect(readdirSync(temporary).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
    expect(done.snapshot()).toEqual(before);
  });
});

describe('vb365 install --via rest', () => {
  const tenantId = '00000000-0000-0000-0000-000000000002';
  let house: Vb365House;

  beforeAll(async () => {
    house = await startHouse();
    const { directory } = house.entra;
    const { certificate } = new Keystore(done.path('keystore')).current('contoso/entra-application')!;
    const { appId } = directory.addApplication(tenantId, { displayName: 'VB365' });
    directory.addServicePrincipal(tenantId, appId);
    for (const one of [house.first.certificate, certificate]) {
      directory.addKeyCredential(tenantId, appId, one);
    }
    house.vb365.addOrganization({ name: 'contoso', tenantId, applicationId: appId, certificate: house.first });
  });

  afterAll(() => house.close());

  interface OverRest {
    readonly workplace?: Workplace;
    readonly args: readonly string[];
  }

  function overRest({ workplace = done, args }: OverRest): Promise<Outcome> {
    const caFile = join(folder, 'rest.pem');
    writeFileSync(caFile, house.restApi.certificate.pem);
    const server = `https://localhost:${house.vb365.port}`;
    const { username, password } = ADMINISTRATOR;
    const env = { VB365_REST_USERNAME: username, VB365_REST_PASSWORD: password };
    return workplace.run(['install', ...args, '--via', 'rest', '--server', server, '--ca-file', caFile], { env });
  }

  it('asks, installs, and then finds nothing to do', async () => {
    const { thumbprint } = house.first.certificate;
    const lineage = 'contoso/entra-application';
    const asked = await overRest({ args: [lineage, '--what-if'] });
    expect({ code: asked.code, stderr: asked.stderr }).toEqual({ code: 0, stderr: '' });
    expect(asked.stdout).toMatch(new RegExp(`^would install .* via rest .*before ${thumbprint}`));
    expect((await overRest({ args: [lineage] })).stdout).toMatch(
      new RegExp(`^installed .* via rest .*before ${thumbprint}`),
    );
    const again = await overRest({ args: [lineage, '--json'] });
    const current = thumbprintOf('contoso/entra-application');
    expect(JSON.parse(again.stdout)).toMatchObject([{ via: 'rest', before: current, after: current, changed: false }]);
  });

  it('replaces the other backup application with the first, and says so', async () => {
    const [organization] = house.vb365.organizations.all().filter(({ msid }) => msid === tenantId);
    const ids = [BACKUP_APPLICATION, CLIENT];
    const workplace = done.copy();
    const declared = `[{ clientId: ${ids.join(' }, { clientId: ')} }]`;
    workplace.write('vb365.yaml', EVERYTHING.replace(/(?<=backupApplications: )\[.*\]/, declared));
    await workplace.run(['issue']);
    const names = ids.map((id) => `contoso/backup-application-${id}`);
    const keystore = new Keystore(workplace.path('keystore'));
    const thumbprints = names.map((name) => keystore.current(name)?.certificate.thumbprint ?? '');
    for (const [index, id] of ids.entries()) {
      house.entra.directory.addApplication(tenantId, { displayName: 'auxiliary', appId: id });
      house.entra.directory.addServicePrincipal(tenantId, id);
      house.entra.directory.addKeyCredential(tenantId, id, keystore.current(names[index] ?? '')!.certificate);
    }
    house.vb365.organizations.update(organization?.id ?? '', {
      backupApplications: ids.map((applicationId) => ({ applicationId, displayName: 'aux', certificate: house.first })),
    });
    const { thumbprint: old } = house.first.certificate;
    const run = async (...args: string[]): Promise<string> => (await overRest({ workplace, args })).stdout;
    const told = `(thumbprint ${thumbprints[0] ?? ''}, before ${old}), and with it the current certificates of ${names[1] ?? ''}\n`;
    const first = `${names[0] ?? ''} 0001 on vb365.example.com via rest`;
    expect(await run(names[0] ?? '', '--what-if')).toBe(`would install ${first} ${told}`);
    expect(await run(names[0] ?? '')).toBe(`installed ${first} ${told}`);
    for (const [index, name] of names.entries()) {
      expect(await run(name)).toBe(
        `${name} 0001 is in use on vb365.example.com via rest already (thumbprint ${thumbprints[index] ?? ''})\n`,
      );
    }
  });

  it('says before it changes anything that an application is not the one in use', async () => {
    const { code, stderr } = await overRest({
      args: ['contoso/entra-application', '--what-if', '--client-id', CLIENT],
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[rest-application-unused\] /);
  });
});

describeWithSsh('vb365 install --via ssh', () => {
  let server: SshServer;

  beforeAll(async () => {
    server = await SshServer.start(join(folder, 'server'), standIn.bin);
    // The client looks for its configuration in the account's folder whatever HOME says.
    const client = `#!/bin/sh\nexec /usr/bin/ssh -F ${server.clientConfig} "$@"\n`;
    writeFileSync(join(standIn.bin, 'ssh'), client);
    chmodSync(join(standIn.bin, 'ssh'), 0o755);
  });

  afterAll(() => {
    server.stop();
  });

  it('installs on the server that the configuration names, without being told how', async () => {
    const workplace = done.copy();
    const declared = `    install: { via: ssh, ssh: { host: 127.0.0.1, port: ${server.port} } }\norganizations:`;
    workplace.write('vb365.yaml', EVERYTHING.replace('organizations:', declared));
    const { code, stdout, stderr } = await workplace.run(['install', 'primary/tenant-authentication']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^installed primary\/tenant-authentication 0001 on vb365\.example\.com via ssh/);
  });
});

describe('vb365 install --dry-run', () => {
  it('says what would be done by what, opens no key and connects to nothing', async () => {
    const env = { VB365_IDENTITY: '/absent' };
    rmSync(join(folder, 'recorded.json'), { force: true });
    const { code, stdout } = await install(['--all', '--via', 'bundle', '--dry-run'], { env });
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(9);
    expect(stdout).toContain('via bundle: Set-VBOSecuritySettings\n');
    expect(stdout).toMatch(/would install fabrikam\/data-cloud .* on Veeam Data Cloud via bundle: a person, as README/);
    const rest = await install(['contoso/entra-application', '--via', 'rest', '--dry-run', '--json'], { env });
    expect(JSON.parse(rest.stdout)).toMatchObject([{ via: 'rest', by: 'PUT /v8/Organizations/{organizationId}' }]);
    expect(readdirSync(folder)).not.toContain('recorded.json');
  });
});

describe('vb365 install --via bundle', () => {
  it('writes a zip and the password of its PFX files, for their owner only', async () => {
    const workplace = done.copy();
    const args = ['--via', 'bundle', '--out', 'b.zip', '--passwords', 'secret/pw'];
    const outcome = await workplace.run(['install', 'primary/server', 'primary/rest-api', ...args]);
    expect(outcome.code).toBe(0);
    const password = workplace.read('secret/pw').trimEnd();
    expect(outcome.stdout + outcome.stderr).not.toContain(password);
    for (const file of ['b.zip', 'secret/pw']) expect(statSync(workplace.path(file)).mode & 0o777).toBe(0o600);
    execFileSync('unzip', ['-q', 'b.zip', '-d', 'out'], { cwd: workplace.folder });
    const names = ['README.txt', 'install.ps1', 'primary-rest-api-0001.pfx', 'primary-server-0001.pfx'];
    expect(readdirSync(workplace.path('out')).sort()).toEqual(names);
    for (const name of names) expect(statSync(workplace.path(`out/${name}`)).mode & 0o777).toBe(0o600);
    const pfx = [
      'pkcs12',
      '-in',
      workplace.path('out/primary-server-0001.pfx'),
      '-nodes',
      '-passin',
      `pass:${password}`,
    ];
    expect(openssl(pfx)).toContain('BEGIN PRIVATE KEY');
    const script = workplace.read('out/install.ps1');
    expect(script).not.toContain(password);
    // Cmdlets of the server first, the REST API service last.
    expect(script.indexOf('Set-VBORestAPISettings')).toBeGreaterThan(script.indexOf('Set-VBOSecuritySettings'));
  });

  it('says which buttons to press where no cmdlet reaches', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', SEPARATE);
    const args = ['--via', 'bundle', '--out', 'b', '--passwords', 'pw'];
    const roles = ['rest-api', 'restore-portal', 'restore-operator-authentication'].map((role) => `primary/${role}`);
    const { code } = await workplace.run(['install', ...roles, 'fabrikam/data-cloud', ...args]);
    expect(code).toBe(0);
    expect(readdirSync(workplace.path('b')).sort()).toEqual(['primary', 'primary_rest-api', 'veeam-data-cloud']);
    const readme = workplace.read('b/primary_rest-api/README.txt');
    expect(readme).toContain('On rest.example.com, for primary/rest-api (no cmdlet reaches this machine):');
    expect(readme).toContain('Veeam.Archiver.REST.Configurator.exe');
    expect(readme).toContain(`"Application ID" ${PORTAL_APPLICATION}`);
    expect(readme).toContain('Import-Certificate -FilePath .\\primary-restore-operator-authentication-0001.cer');
    expect(readme.match(/^\d\. .*/gm)).toEqual(['1. Carry it over', '2. Install', '3. Check']);
    const script = workplace.read('b/primary/install.ps1');
    expect(script).not.toMatch(/Set-VBORestAPISettings|Set-VBORestorePortalSettings/);
    expect(script).toContain('Set-VBOOperatorAuthenticationSettings');
    expect(readdirSync(workplace.path('b/veeam-data-cloud'))).toEqual(['README.txt', 'fabrikam-data-cloud-0001.pfx']);
    expect(workplace.read('b/veeam-data-cloud/README.txt')).toContain('Upload a custom certificate');
    openssl([
      'x509',
      '-inform',
      'DER',
      '-noout',
      '-in',
      workplace.path('b/primary_rest-api/primary-restore-operator-authentication-0001.cer'),
    ]);
  });

  it.each([
    ['into the folder of the bundle', 'b', 'b/pw'],
    ['into the place of the bundle', 'b.zip', 'b.zip'],
    ['into the folder by another name', 'b', 'x/../b/deep/pw'],
  ])('does not write the password %s', async (_, out, passwords) => {
    const workplace = done.copy();
    const args = ['--via', 'bundle', '--out', out, '--passwords', passwords];
    const { code, stderr } = await workplace.run(['install', 'primary/server', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[bundle-password-inside\]/);
    expect(readdirSync(workplace.folder)).not.toContain(out);
  });

  it('does not write it into the folder through a symbolic link', async () => {
    const workplace = done.copy();
    workplace.write('b/keep', '');
    symlinkSync(workplace.path('b'), workplace.path('link'));
    const args = ['--via', 'bundle', '--out', 'b', '--passwords', 'link/pw'];
    const { stderr } = await workplace.run(['install', 'primary/server', ...args]);
    expect(stderr).toMatch(/^error\[bundle-password-inside\]/);
  });

  it('writes over nothing without --force, and nothing at all then', async () => {
    const workplace = done.copy();
    workplace.write('b/install.ps1', 'mine');
    const args = ['install', 'primary/server', '--via', 'bundle', '--out', 'b', '--passwords', 'pw'];
    const refused = await workplace.run(args);
    expect(refused.stderr).toMatch(/^error\[output-exists\]/);
    expect(readdirSync(workplace.path('b'))).toEqual(['install.ps1']);
    expect(readdirSync(workplace.folder)).not.toContain('pw');
    const forced = await workplace.run([...args, '--force']);
    expect(forced.code).toBe(0);
    expect(workplace.read('b/install.ps1')).toContain('Set-VBOSecuritySettings');
  });

  it('removes with --force the keys of an earlier bundle in the folder, and nothing else', async () => {
    const workplace = done.copy();
    const args = ['install', '--via', 'bundle', '--out', 'b', '--passwords', 'pw'];
    await workplace.run([...args, 'primary/server', 'primary/restore-operator-authentication']);
    const exported = 'primary-rest-api-0001.pfx';
    workplace.write(`b/${exported}`, 'a key that somebody exported');
    const readme = workplace.read('b/README.txt');
    workplace.write('b/README.txt', `${readme}  file        ../pw-0001.pfx\r\n`);
    workplace.write('pw-0001.pfx', 'elsewhere');
    const { code, stderr } = await workplace.run([...args, 'primary/server', '--force']);
    const removed = 'b/primary-restore-operator-authentication-0001.pfx';
    expect({ code, stderr }).toEqual({ code: 0, stderr: `removed ${removed}, which was of an earlier bundle\n` });
    const names = ['README.txt', 'install.ps1', exported, 'primary-server-0001.pfx'];
    expect(readdirSync(workplace.path('b')).sort()).toEqual(names);
    expect(workplace.read('pw-0001.pfx')).toBe('elsewhere');
  });
});

describeWithPowershell('install.ps1 of vb365 install --via bundle', (read) => {
  it('is PowerShell', async () => {
    const workplace = done.copy();
    await workplace.run([
      'install',
      'primary/server',
      'primary/rest-api',
      '--via',
      'bundle',
      '--out',
      'b',
      '--passwords',
      'pw',
    ]);
    const { faults, commands } = await read(workplace.read('b/install.ps1'));
    expect(faults).toEqual([]);
    expect(commands.map(({ name }) => name)).toContain('Set-VBORestAPISettings');
  });
});

describe('vb365 install called the wrong way', () => {
  it.each([
    [[], 'usage', 'neither lineages nor --all'],
    [['primary/server', '--all'], 'usage', 'given together'],
    [['primary/server'], 'install-way-missing', 'not said'],
    [['primary/nothing', '--via', 'local'], 'lineage-unknown', 'primary/nothing'],
    [['primary/server', '--via', 'rest'], 'install-way-unfit', 'Set-VBOSecuritySettings'],
    [['fabrikam/data-cloud', '--via', 'rest'], 'install-way-unfit', 'own page only'],
    [['primary/server', '--via', 'bundle'], 'usage', '--passwords'],
    [['primary/server', '--via', 'bundle', '--passwords', 'p', '--what-if'], 'usage', '--what-if'],
    [['primary/server', '--via', 'local', '--out', 'x'], 'usage', '--out'],
    [['primary/server', '--via', 'local', '--client-id', CLIENT], 'usage', 'no application'],
    [['contoso/entra-application', '--via', 'local', '--client-id', "'; x"], 'usage', 'not a UUID'],
    [['--all', '--via', 'local', '--generation', '1'], 'usage', 'several'],
    [['primary/server', '--via', 'local', '--generation', '7'], 'generation-unknown', '"7"'],
    [['contoso/entra-application', '--via', 'rest'], 'rest-account-missing', 'account and password'],
  ])('%j: %s', async (args, code, words) => {
    const { code: exitCode, stdout, stderr } = await install(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\ncure: `));
    expect(stderr).toContain(words);
  });

  it('says where the file of authorities cannot be read', async () => {
    const env = { VB365_REST_USERNAME: 'u', VB365_REST_PASSWORD: 'p' };
    const args = ['contoso/entra-application', '--via', 'rest', '--ca-file', 'absent.pem'];
    expect((await install(args, { env })).stderr).toMatch(/^error\[ca-file-unreadable\] .*absent\.pem/);
    const passwords = ['contoso/entra-application', '--via', 'rest', '--ca-file', '/etc/passwd'];
    expect((await install(passwords, { env })).stderr).toMatch(
      /^error\[ca-file-unreadable\] \/etc\/passwd, which --ca-file names, does not hold certificates/,
    );
  });

  it.each([
    [['--rest-password-file', 'absent'], 'the file that --rest-password-file names'],
    [['--rest-password-env', 'ABSENT'], 'the name that --rest-password-env gives'],
    [['--rest-password-env', 'A', '--rest-password-file', 'b'], 'both --rest-password-env and --rest-password-file'],
  ])('calls the options by their names: %j', async (args, words) => {
    const { stderr } = await install(['contoso/entra-application', '--via', 'rest', ...args]);
    expect(stderr).toContain(words);
  });

  it('makes no folder where the system makes none', async () => {
    const args = ['primary/server', '--via', 'bundle', '--out', '/proc/x/y', '--passwords', 'pw'];
    const { code, stderr } = await done.copy().run(['install', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[output-unwritable\] .*\/proc\/x/);
  });

  it('refuses cmdlets for a REST API machine of its own', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', SEPARATE);
    const { stderr } = await workplace.run(['install', 'primary/rest-api', '--via', 'ssh']);
    expect(stderr).toMatch(/^error\[install-way-unfit\] .*rest\.example\.com is a REST API machine of its own/);
    const operators = ['install', 'primary/restore-operator-authentication', '--via', 'local'];
    expect((await workplace.run(operators)).stderr).toMatch(/^advice\[left-to-a-person\] rest\.example\.com/m);
  });

  it('names a lineage that has no certificate', async () => {
    const bare = new Workplace(EVERYTHING);
    await bare.run(['init']);
    const { code, stderr } = await bare.run(['install', 'primary/server', '--via', 'local']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/error\[certificate-missing-in-keystore\]/);
  });
});
