import { Vb365Error } from '../../errors';
import { excerpt } from '../../words/excerpt';
import { powershellArguments } from '../powershell/bootstrap';
import { sshFailure } from './ssh-failure';
import { checkTarget, type SshTarget } from './ssh-target';
import { DEFAULT_TIMEOUT, type Transport } from './transport';
import { type ProcessCall, type ProcessOutput, runProcess } from '../../system/process';

export interface SshTransportOptions {
  /** @default 'ssh' */
  readonly program?: string;
  /** Configuration of the client. @default the client's own */
  readonly configFile?: string;
  /** Milliseconds. @default ten minutes */
  readonly timeout?: number;
  /** Environment of the client. @default that of this process, without our own variables */
  readonly env?: NodeJS.ProcessEnv;
}

/** Seconds to connect, and seconds between signs of life, three of which may be missing. */
const CONNECT_SECONDS = 15;
const ALIVE_SECONDS = 15;
/** Milliseconds. */
const VERSION_TIMEOUT = 10_000;

/**
 * What a person's configuration may say too, and what would keep PowerShell from starting, its input from reaching it, or its
 * exit code from coming back.
 */
const SESSION_SETTINGS = ['SessionType=default', 'StdinNull=no', 'ForkAfterAuthentication=no'];

/**
 * PowerShell on another machine over the system's OpenSSH client, with the keys and the known hosts that it is set up with.
 * A host key that is not known is never accepted, and nobody is asked for anything.
 */
export class SshTransport implements Transport {
  readonly place: string;

  /** @throws Vb365Error `ssh-target-invalid` */
  constructor(
    readonly target: SshTarget,
    readonly options: SshTransportOptions = {},
  ) {
    checkTarget(target);
    this.place = `${target.host} over SSH`;
  }

  /**
   * @throws Vb365Error `ssh-missing`, `ssh-host-key-unknown`, `ssh-host-key-changed`, `ssh-access-denied`, `ssh-unreachable`,
   * `powershell-missing`, `install-timed-out`
   */
  async run(input: string, secrets: readonly string[]): Promise<ProcessOutput> {
    const { timeout = DEFAULT_TIMEOUT } = this.options;
    const settings = (await this.#knowsSessionSettings()) ? SESSION_SETTINGS : [];
    const args = [...this.#clientArguments(settings), 'pwsh', ...powershellArguments()];
    const output = await this.#runClient({ args, input, secrets, timeout, name: `PowerShell on ${this.place}` });
    // The client itself ends with 255 where there was no connection (ssh(1), exit status).
    if (output.exitCode === 255) throw sshFailure(this.target, output.stderr);
    if (isCommandMissing(output)) throw this.#powershellMissing(output);
    return output;
  }

  /** Not by IgnoreUnknown: it would take the place of the one that a person's configuration may depend on. */
  async #knowsSessionSettings(): Promise<boolean> {
    const call = { args: ['-V'], input: '', secrets: [], timeout: VERSION_TIMEOUT, name: 'the SSH client' };
    const { stdout, stderr } = await this.#runClient(call);
    return hasSessionSettings(`${stdout}${stderr}`);
  }

  async #runClient(call: Omit<ProcessCall, 'program' | 'env'>): Promise<ProcessOutput> {
    const { program = 'ssh', env } = this.options;
    const output = await runProcess({ program, ...call, ...(env !== undefined && { env }) });
    if (output !== undefined) return output;
    throw new Vb365Error('ssh-missing', {
      message: `there is no program ${program} on this machine`,
      cure: 'install the OpenSSH client, or give --via bundle and carry the certificate over',
    });
  }

  #clientArguments(more: readonly string[]): string[] {
    const { configFile } = this.options;
    const { host, user, port } = this.target;
    const settings = [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      `ConnectTimeout=${CONNECT_SECONDS}`,
      `ServerAliveInterval=${ALIVE_SECONDS}`,
      // What a person's configuration may ask for, and what would get in the way here.
      'RemoteCommand=none',
      'ClearAllForwardings=yes',
      'ForwardAgent=no',
      ...more,
    ];
    return [
      ...(configFile === undefined ? [] : ['-F', configFile]),
      '-T',
      ...settings.flatMap((setting) => ['-o', setting]),
      ...(port === undefined ? [] : ['-p', String(port)]),
      ...(user === undefined ? [] : ['-l', user]),
      '--',
      host,
    ];
  }

  #powershellMissing({ stderr }: ProcessOutput): Vb365Error {
    return new Vb365Error('powershell-missing', {
      subject: this.target.host,
      message: `${this.place} has no program pwsh on its path: ${excerpt(stderr)}`,
      cure: 'install PowerShell 7.4.2 or newer for all users there, and restart its SSH server so that it sees the new path',
    });
  }
}

/**
 * Whether a client of this version knows `SESSION_SETTINGS`. One that does not fails at them, and needs none of them.
 *
 * Source: https://www.openssh.com/txt/release-8.7
 *
 * @param version what `ssh -V` says: `OpenSSH_9.2p1 Debian-2, …`, `OpenSSH_for_Windows_8.6p1, …`
 */
export function hasSessionSettings(version: string): boolean {
  const [, major, minor] = /OpenSSH_(?:for_Windows_)?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > 8 || (Number(major) === 8 && Number(minor) >= 7);
}

/** 127: a POSIX shell; 9009 and 1: cmd.exe and Windows PowerShell, which name what they did not find. */
function isCommandMissing({ exitCode, stdout, stderr }: ProcessOutput): boolean {
  if (exitCode === 127) return true;
  return exitCode !== 0 && stdout.trim() === '' && /'?pwsh'?\b.{0,40}(?:is not recognized|not found)/is.test(stderr);
}
