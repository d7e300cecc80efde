import { createServer, type Server } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { installByPowershell } from '../../../lib/install/powershell/install-by-powershell';
import { hasSessionSettings, SshTransport, type SshTransportOptions } from '../../../lib/install/transport/ssh';
import { Vb365Error } from '../../../lib/errors';
import { PowershellStandIn } from '../../support/powershell';
import { describeWithSsh, SshServer } from '../../support/ssh-server';
import { selfSigned } from '../../support/self-signed';
import { thrownBy } from '../../support/thrown';

const certificate = selfSigned();
const script = { lineage: 'primary/rest-api', certificate, facts: { role: 'rest-api' }, stores: [] } as const;
const secret = { pfx: randomBytes(3_000), password: 'canary-0123456789-canary' };
const OLD = '0'.repeat(40);

let folder: string;
let standIn: PowershellStandIn;
let server: SshServer;

async function refusal(work: Promise<unknown>): Promise<Vb365Error> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Vb365Error) return error;
  throw error instanceof Error ? error : new Error('nothing was refused');
}

describe('SshTransport', () => {
  it.each([
    { host: '-oProxyCommand=touch /tmp/x' },
    { host: '' },
    { host: 'a b' },
    { host: 'a;b' },
    { host: '$(id)' },
    { host: 'a', user: '-l' },
    { host: 'a', user: 'a b' },
    { host: 'a', port: 0 },
    { host: 'a', port: 1.5 },
    { host: 'a', port: 65_536 },
  ])('refuses %j, which would be something else to the client', (target) => {
    expect(thrownBy(() => new SshTransport(target))?.code).toBe('ssh-target-invalid');
  });

  it.each([
    { host: 'vb365.example.com' },
    { host: '::1', user: 'EXAMPLE\\admin', port: 2222 },
    { host: 'a_b', user: 'a@b.c' },
  ])('takes %j', (target) => {
    expect(thrownBy(() => new SshTransport(target))).toBeUndefined();
  });

  it('says where there is no client', async () => {
    const transport = new SshTransport({ host: 'localhost' }, { program: '/absent/ssh' });
    expect((await refusal(transport.run('', []))).code).toBe('ssh-missing');
  });
});

describe('hasSessionSettings', () => {
  it.each([
    ['OpenSSH_8.6p1 Ubuntu-4, OpenSSL 1.1.1', false],
    ['OpenSSH_8.7p1, OpenSSL 3.0.1', true],
    ['OpenSSH_for_Windows_8.6p1, LibreSSL 3.4.3', false],
    ['OpenSSH_for_Windows_9.5p1, LibreSSL 3.8.2', true],
    ['OpenSSH_10.0p2, OpenSSL 3.5.1', true],
    ['OpenSSH_7.9p1', false],
    ['Sun_SSH_1.1.5', false],
    ['', false],
  ])('tells by the version: %s', (version, expected) => {
    expect(hasSessionSettings(version)).toBe(expected);
  });
});

describeWithSsh('SshTransport to a real OpenSSH server', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vb365-ssh-'));
    standIn = new PowershellStandIn(folder);
    server = await SshServer.start(join(folder, 'server'), standIn.bin);
  });

  beforeEach(() => {
    standIn.behave('answer');
  });

  afterAll(() => {
    server.stop();
    // What nobody listens to any more goes on until it writes.
    standIn.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function transport(options: SshTransportOptions = {}, port = server.port): SshTransport {
    return new SshTransport({ host: server.host, port }, { configFile: server.clientConfig, ...options });
  }

  it('installs, and puts nothing secret on a command line or into an environment', async () => {
    const answer = await installByPowershell(transport(), script, secret);
    expect(answer).toEqual({ before: OLD, after: certificate.thumbprint, changed: true });
    const { argv, env } = standIn.recorded;
    expect(argv).toEqual(expect.arrayContaining(['-NoProfile', '-NonInteractive', '-EncodedCommand']));
    const encoded = Buffer.from(argv.at(-1) ?? '', 'base64').toString('utf16le');
    const seen = [...argv, encoded, ...Object.entries(env).flat()].join('\n');
    expect(seen).not.toContain(secret.password);
    expect(seen).not.toContain(secret.pfx.toString('base64').slice(0, 40));
    expect(standIn.envelope).toMatchObject({ password: secret.password, pfx: secret.pfx.toString('base64') });
  });

  it('installs where the configuration of the client asks for no session, no input and no waiting', async () => {
    const lines = [
      'SessionType none',
      'StdinNull yes',
      'ForkAfterAuthentication yes',
      'IgnoreUnknown Mine',
      'Mine yes',
    ];
    const configFile = server.clientConfigWith('background', ...lines);
    standIn.behave('refuse');
    const error = await refusal(installByPowershell(transport({ configFile }), script, secret));
    expect(error.code).toBe('install-refused');
    const output = await transport({ configFile }).run(`${JSON.stringify(standIn.envelope)}\n`, []);
    expect(output.exitCode).toBe(1);
  });

  it('sends no key where it only asks', async () => {
    const answer = await installByPowershell(transport(), script);
    expect(answer).toEqual({ before: OLD, after: OLD, changed: false });
    expect(Object.keys(standIn.envelope)).toEqual(['script']);
  });

  it('says why the product refused, on one line', async () => {
    standIn.behave('refuse');
    const error = await refusal(installByPowershell(transport(), script, secret));
    expect(error.code).toBe('install-refused');
    expect(error.message).toBe(
      `${server.host} over SSH did not install ${certificate.thumbprint}: The service is down, really`,
    );
  });

  it('never repeats the password, whoever says it', async () => {
    standIn.behave('leak');
    const error = await refusal(installByPowershell(transport(), script, secret));
    expect(`${error.message}${error.cure}${String(error.stack)}`).not.toContain('canary');
    expect(error.message).toContain('I was told …');
  });

  it('does not take half an answer for success', async () => {
    standIn.behave('garbage');
    expect((await refusal(installByPowershell(transport(), script, secret))).code).toBe('install-answer-missing');
  });

  it('refuses a server whose host key is not known, and says how to learn it', async () => {
    const configFile = server.clientConfigWith('unknown', 'UserKnownHostsFile /dev/null');
    const error = await refusal(transport({ configFile }).run('', []));
    expect(error.code).toBe('ssh-host-key-unknown');
    expect(error.cure).toContain(`ssh-keyscan -p ${server.port} ${server.host}`);
  });

  it('refuses a server whose host key has changed', async () => {
    const knownHosts = join(folder, 'wrong');
    writeFileSync(knownHosts, server.wrongHostKeyLine);
    const configFile = server.clientConfigWith('changed', `UserKnownHostsFile ${knownHosts}`);
    const error = await refusal(transport({ configFile }).run('', []));
    expect(error.code).toBe('ssh-host-key-changed');
    expect(error.cure).toContain(`ssh-keygen -R [${server.host}]:${server.port}`);
  });

  it('does not accept an unknown host key where the configuration of the client would', async () => {
    const lines = ['UserKnownHostsFile /dev/null', 'StrictHostKeyChecking no'];
    const configFile = server.clientConfigWith('lax', ...lines);
    expect((await refusal(transport({ configFile }).run('', []))).code).toBe('ssh-host-key-unknown');
  });

  it('says where it is not let in', async () => {
    const configFile = server.clientConfigWith('stranger', `IdentityFile ${server.folder}/stranger`);
    const only = writeWithout(configFile, '/client');
    expect((await refusal(transport({ configFile: only }).run('', []))).code).toBe('ssh-access-denied');
  });

  it('says where nobody listens', async () => {
    const error = await refusal(transport({}, 1).run('', []));
    expect(error.code).toBe('ssh-unreachable');
    expect(error.message).toMatch(/Connection refused/i);
  });

  it('gives up on a server that accepts and says nothing', async () => {
    const silent = await listen();
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await refusal(transport({ timeout: 300 }, port).run('', []));
    silent.close();
    expect(error.code).toBe('install-timed-out');
  });

  it('gives up on a PowerShell that does not answer in time, and leaves nothing here', async () => {
    standIn.behave('hang');
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const env = { ...process.env, TMPDIR: temporary };
    const error = await refusal(installByPowershell(transport({ timeout: 1_000, env }), script, secret));
    expect(error.code).toBe('install-timed-out');
    expect(error.message).not.toContain('canary');
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('says where there is no PowerShell', async () => {
    const bare = await SshServer.start(join(folder, 'bare'), '/nowhere');
    const target = { host: bare.host, port: bare.port };
    const error = await refusal(new SshTransport(target, { configFile: bare.clientConfig }).run('', []));
    bare.stop();
    expect(error.code).toBe('powershell-missing');
    expect(error.message).toMatch(/pwsh/);
  });
});

/** The configuration without lines that end so. */
function writeWithout(configFile: string, end: string): string {
  const lines = readFileSync(configFile, 'utf8').split('\n');
  writeFileSync(configFile, lines.filter((line) => !line.endsWith(end)).join('\n'));
  return configFile;
}

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    silent.listen(0, '127.0.0.1', () => {
      resolve(silent);
    });
  });
}
