import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it reads from standard input. @default nothing */
  readonly input?: string;
}

/** How many lines of a program that failed are shown: Terraform says what is wrong last. */
const SHOWN_LINES = 30;

/** Every process that the demo starts, so that none outlives it. */
export class Processes {
  readonly #running = new Set<ChildProcess>();
  #isStopped = false;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /**
   * Runs a program to its end, and gives what it wrote to standard output.
   *
   * @throws Error with the last lines that it wrote, where it ends with anything but 0 or cannot be started
   */
  async run(command: string, args: readonly string[], { cwd, env, input = '' }: ProcessOptions): Promise<string> {
    if (this.#isStopped) throw new Error('interrupted');
    // A group of its own, because what a program has started itself is to be stopped with it.
    const child = spawn(command, args, { cwd, env, detached: true, stdio: 'pipe' });
    this.#running.add(child);
    // A program that ends without reading is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    try {
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      if (child.exitCode !== 0) throw new Error(describeFailure(child, `${stdout}\n${stderr}`));
      return stdout;
    } finally {
      this.#running.delete(child);
    }
  }

  /** Kills what runs, and starts nothing any more. What a killed program leaves half done is thrown away anyway. */
  stop(): void {
    this.#isStopped = true;
    for (const { pid } of this.#running) {
      if (pid !== undefined) killGroup(pid);
    }
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function describeFailure({ exitCode, signalCode, spawnargs }: ChildProcess, said: string): string {
  const lines = stripVTControlCharacters(said)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return [
    `this ended with ${exitCode ?? signalCode ?? 'nothing'}: ${spawnargs.join(' ')}`,
    ...lines.slice(-SHOWN_LINES),
  ].join('\n');
}
