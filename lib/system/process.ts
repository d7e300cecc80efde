import { type ChildProcess, spawn } from 'node:child_process';
import { childEnvironment } from './child-environment';
import { errnoOf } from './durable-files';
import { endGroup, OWN_GROUP } from './process-group';
import { Vb365Error } from '../errors';

/** What a process printed, and how it ended. */
export interface ProcessOutput {
  readonly stdout: string;
  /** Whether there was more of it, of which the end is kept. */
  readonly isCut: boolean;
  readonly stderr: string;
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
}

export interface ProcessCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Goes to standard input, which is closed then. @default nothing */
  readonly input?: string;
  /** Milliseconds after which the process is ended, with all that it has started. */
  readonly timeout: number;
  /** Texts of the input that must not come out again, whoever repeats them. @default none */
  readonly secrets?: readonly string[];
  /** What is waited for, for people: `PowerShell on vb365.example.com`. */
  readonly name: string;
  /** The process gets of it what `childEnvironment` leaves. @default that of this one */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it signs in to Azure with the account of Terraform. @default false */
  readonly needsAzure?: boolean;
  /** Variables that it gets beside. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Folder of the process. @default that of this one */
  readonly cwd?: string;
  /** Bytes of standard output that are kept. @default 1 MiB, far more than any answer */
  readonly mostBytes?: number;
}

/** What floods us is cut off. */
const MOST_BYTES = 1_048_576;
/** Milliseconds between asking a process to end and ending it. */
const GRACE = 2_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program without a shell. The program ends with this process: at a signal it is ended first.
 *
 * @returns undefined where there is no such program
 * @throws Vb365Error `install-timed-out`, and where the program cannot be started what node throws
 */
export function runProcess(call: ProcessCall): Promise<ProcessOutput | undefined> {
  const { program, args, input = '', secrets = [], timeout, name, cwd, mostBytes } = call;
  const env = { ...childEnvironment(call.env ?? process.env, call.needsAzure), ...call.variables };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, ...OWN_GROUP });
    const [stdout, stderr] = [new Tail(mostBytes), new Tail()];
    let isLate = false;
    const end = (): void => {
      endGroup(child.pid, 'SIGTERM');
      setTimeout(() => {
        endGroup(child.pid, 'SIGKILL');
        // What has left the group may hold these open, and would be waited for.
        child.stdout.destroy();
        child.stderr.destroy();
      }, GRACE).unref();
    };
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, timeout);
    const stopListening = (): void => {
      clearTimeout(timer);
      forget(child);
    };
    remember(child);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.add(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.add(chunk);
    });
    // Whoever does not read its input has said why, or ends with a code that does.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (error) => {
      stopListening();
      if (errnoOf(error) === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    child.once('close', (exitCode) => {
      stopListening();
      if (isLate) reject(timedOut(name, timeout));
      else {
        const said = { stdout: without(secrets, stdout.text), stderr: without(secrets, stderr.text) };
        resolve({ ...said, isCut: stdout.isCut, exitCode });
      }
    });
  });
}

/** Those that are running: one listener for each signal does for all of them. */
const running = new Set<ChildProcess>();

function remember(child: ChildProcess): void {
  running.add(child);
  if (running.size > 1) return;
  // First, so that whoever ends this process at a signal finds no other listener, with which it would not end.
  for (const signal of SIGNALS) process.prependListener(signal, endAll);
}

function forget(child: ChildProcess): void {
  if (!running.delete(child) || running.size > 0) return;
  for (const signal of SIGNALS) process.off(signal, endAll);
}

function endAll(signal: NodeJS.Signals): void {
  for (const child of [...running]) {
    forget(child);
    endGroup(child.pid, 'SIGTERM');
  }
  // Without a listener this process ends as it would have; where there are others, they see to that.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function without(secrets: readonly string[], text: string): string {
  return secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** The end of a text that comes in pieces. */
class Tail {
  readonly #mostBytes: number;
  #chunks: Buffer[] = [];
  #length = 0;
  isCut = false;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.isCut ||= this.#length > this.#mostBytes;
    while (this.#length - (this.#chunks[0]?.length ?? 0) > this.#mostBytes) {
      this.#length -= this.#chunks.shift()?.length ?? 0;
    }
  }

  get text(): string {
    return Buffer.concat(this.#chunks).subarray(-this.#mostBytes).toString('utf8');
  }
}

function timedOut(name: string, timeout: number): Vb365Error {
  return new Vb365Error('install-timed-out', {
    subject: name,
    message: `${name} has not answered within ${Math.round(timeout / 1000)} seconds, and was ended`,
    cure: 'look whether its services run, and run the command again: nothing is done twice',
  });
}
