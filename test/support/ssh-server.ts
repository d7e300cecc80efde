import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Absolute, because the server starts itself again; undefined where it is not installed. */
const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find((path) => existsSync(path));

/** `describe`, or where no SSH server is installed a skipped one whose name says so. */
export function describeWithSsh(name: string, tests: () => void): void {
  if (sshd !== undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: sshd is not installed)`, tests);
}

/** An OpenSSH server on the loopback address, for this account, with a client that is set up for it. */
export class SshServer {
  readonly host = '127.0.0.1';

  /** @param path what its sessions find on their path first */
  static async start(folder: string, path: string): Promise<SshServer> {
    mkdirSync(folder, { recursive: true });
    const listener = createListener(join(folder, 'server.conf'));
    await once(listener.listen(0, '127.0.0.1'), 'listening');
    const server = new SshServer(folder, listener);
    server.#makeKeys();
    server.#writeConfigurations(path);
    return server;
  }

  private constructor(
    readonly folder: string,
    readonly listener: Server,
  ) {}

  get port(): number {
    const address = this.listener.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

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
    this.listener.close();
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
      `HostKey ${this.folder}/host`,
      `AuthorizedKeysFile ${this.folder}/authorized_keys`,
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
}

/**
 * Hands each connection to a server of its own, as inetd would. sshd takes no free port by itself: one that is looked for
 * before it starts may be another program's by then.
 */
function createListener(configFile: string): Server {
  // Where the server separates its privileges; a package makes it at the start of its service only.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  return createServer({ pauseOnConnect: true }, (socket) => {
    const args = ['-i', '-e', '-f', configFile];
    const session = spawn(sshd ?? 'sshd', args, { stdio: [socket, socket, 'ignore'] });
    session.once('spawn', () => socket.destroy());
  });
}
