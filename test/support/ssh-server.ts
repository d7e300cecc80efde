import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Absolute, because the server starts itself again for each connection; undefined where it is not installed. */
const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find((path) => existsSync(path));

/** `describe`, or where no SSH server is installed a skipped one whose name says so. */
export function describeWithSsh(name: string, tests: () => void): void {
  if (sshd !== undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: sshd is not installed)`, tests);
}

/** An OpenSSH server on the loopback address, for this account, with a client that is set up for it. */
export class SshServer {
  readonly host = '127.0.0.1';
  #process: ChildProcess | undefined;

  /** @param path what its sessions find on their path first */
  static async start(folder: string, path: string): Promise<SshServer> {
    mkdirSync(folder, { recursive: true });
    const server = new SshServer(folder, await freePort());
    server.#makeKeys();
    server.#writeConfigurations(path);
    await server.#listen();
    return server;
  }

  private constructor(
    readonly folder: string,
    readonly port: number,
  ) {}

  /** Configuration of a client that knows the host key and has a key that the server lets in. */
  get clientConfig(): string {
    return join(this.folder, 'client.conf');
  }

  /** Another configuration of a client. @param lines before those of the good one, and so stronger than they */
  clientConfigWith(name: string, ...lines: readonly string[]): string {
    const file = join(this.folder, `${name}.conf`);
    writeFileSync(file, `${lines.join('\n')}\n${readFileSync(this.clientConfig, 'utf8')}`);
    return file;
  }

  /** A line of known_hosts with another key than the server's. */
  get wrongHostKeyLine(): string {
    return this.#knownHostsLine('client');
  }

  stop(): void {
    this.#process?.kill('SIGTERM');
  }

  #makeKeys(): void {
    for (const name of ['host', 'client', 'stranger']) {
      const args = ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(this.folder, name)];
      execFileSync('ssh-keygen', args);
    }
    const authorized = readFileSync(join(this.folder, 'client.pub'));
    writeFileSync(join(this.folder, 'authorized_keys'), authorized, { mode: 0o600 });
    writeFileSync(join(this.folder, 'known_hosts'), this.#knownHostsLine('host'));
  }

  #knownHostsLine(key: string): string {
    return `[${this.host}]:${this.port} ${readFileSync(join(this.folder, `${key}.pub`), 'utf8')}`;
  }

  #writeConfigurations(path: string): void {
    const server = [
      `ListenAddress ${this.host}:${this.port}`,
      `HostKey ${this.folder}/host`,
      `AuthorizedKeysFile ${this.folder}/authorized_keys`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      `SetEnv PATH=${path}:/usr/bin:/bin`,
    ];
    const client = [
      'Host *',
      `IdentityFile ${this.folder}/client`,
      'IdentitiesOnly yes',
      'IdentityAgent none',
      `UserKnownHostsFile ${this.folder}/known_hosts`,
      'GlobalKnownHostsFile /dev/null',
      `User ${userInfo().username}`,
    ];
    writeFileSync(join(this.folder, 'server.conf'), `${server.join('\n')}\n`);
    writeFileSync(this.clientConfig, `${client.join('\n')}\n`);
  }

  async #listen(): Promise<void> {
    // Where the server separates its privileges; a package makes it at the start of its service only.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    const args = ['-D', '-e', '-f', join(this.folder, 'server.conf')];
    const server = spawn(sshd ?? 'sshd', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = server;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('Server listening')) resolve();
      });
      server.once('error', reject);
      server.once('exit', (code) => {
        reject(new Error(`sshd ended with ${code}: ${said}`));
      });
    });
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
