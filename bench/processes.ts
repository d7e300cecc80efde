import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** What a process took from its start to its end. */
export interface Usage {
  readonly seconds: number;
  /** Resident memory at its highest; 0 where nothing reports it. */
  readonly peakMebibytes: number;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** Beside what every process is given. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Descriptor by which `programs/probe` reports. */
const REPORT = 3;

/** Nothing else of the caller's environment, where CI or NODE_OPTIONS would change what is measured. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  // As cli/index.ts sets it, so that both sides have the same number of threads.
  UV_THREADPOOL_SIZE: String(Math.max(4, availableParallelism() + 2)),
};

/**
 * Runs a program to its end.
 *
 * @throws Error with what the program said, where it fails
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env }: ProcessOptions,
): Promise<Usage> {
  const started = process.hrtime.bigint();
  const child = spawn(command, args, {
    cwd,
    env: { ...ENVIRONMENT, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(() => process.hrtime.bigint());
  const [end, ...said] = await Promise.all([ended, ...child.stdio.slice(1).map(readAll)]);
  if (child.exitCode !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${said.join('').slice(-2000)}`);
  return { seconds: Number(end - started) / 1e9, peakMebibytes: Number(said[REPORT - 1]) / 1024 };
}

async function readAll(stream: Readable | Writable | null | undefined): Promise<string> {
  return stream instanceof Readable ? text(stream) : '';
}
