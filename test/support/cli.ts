import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { run } from '../../cli/program';
import type { ExitCode, Terminal } from '../../cli/shell/terminal';
import { COMPILED } from './compile';

/** What a command said, and how it ended. */
export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether standard output and error are a terminal. @default false */
  readonly isTTY?: boolean;
  /** Columns of the terminal. @default it does not say */
  readonly columns?: number;
  /** What a person types when a prompt with these words comes up; `\u0003` is Ctrl+C. @default nobody is there to be asked */
  readonly answers?: Readonly<Record<string, string>>;
  /** Told whenever something is added to standard error. */
  readonly onStderr?: () => void;
  /** What comes through standard input, which ends then. @default nothing, and it stays open */
  readonly input?: string | Buffer;
  /** Working folder. @default the folder of the workplace */
  readonly cwd?: string;
}

/** An installation with its REST API and operators, and an organization: three lineages. */
export const THREE_LINEAGES = configurationOf('contoso');

const folders: string[] = [];

/** A folder with a configuration, and an identity of its own outside of it. */
export class Workplace {
  readonly folder: string;
  readonly #root: string;

  /** @param configuration `vb365.yaml`; null for an empty folder */
  constructor(configuration: string | null = THREE_LINEAGES) {
    this.#root = mkdtempSync(join(tmpdir(), 'vb365-cli-'));
    folders.push(this.#root);
    this.folder = join(this.#root, 'repository');
    mkdirSync(this.folder);
    if (configuration !== null) this.write('vb365.yaml', configuration);
  }

  get identity(): string {
    return join(this.#root, 'identity.txt');
  }

  /** The same files in a folder of their own; certificates need not be issued again. */
  copy(): Workplace {
    const copy = new Workplace(null);
    cpSync(this.#root, copy.#root, { recursive: true, preserveTimestamps: true });
    return copy;
  }

  /** Runs a command in this process. */
  async run(args: readonly string[], options: TerminalOptions = {}): Promise<Outcome> {
    const isTTY = options.isTTY ?? options.answers !== undefined;
    const stdin = Object.assign(new PassThrough(), { isTTY: options.answers !== undefined });
    if (options.input !== undefined) stdin.end(options.input);
    const type = answering(options.answers ?? {}, stdin);
    const watch = (text: string): void => {
      type(text);
      options.onStderr?.();
    };
    const stdout = Object.assign(new Capture(isTTY), options.columns !== undefined && { columns: options.columns });
    const stderr = new Capture(isTTY, watch);
    const terminal: Terminal = {
      env: { VB365_IDENTITY: this.identity, ...options.env },
      stdout,
      stderr,
      stdin,
      cwd: () => options.cwd ?? this.folder,
    };
    const code = await run(['node', 'vb365', ...args], terminal);
    return { code, stdout: stdout.text, stderr: stderr.text };
  }

  /**
   * Starts a command in a process of its own.
   *
   * @param wrapper what it is started by
   */
  spawn(args: readonly string[], options: SpawnOptions = {}, wrapper: readonly string[] = []): ChildProcess {
    const env = { ...process.env, CI: '', NODE_OPTIONS: '', VB365_IDENTITY: this.identity, ...options.env };
    const [program, ...rest]: readonly string[] = [...wrapper, process.execPath, COMMAND_LINE, ...args];
    return spawn(program ?? '', rest, { cwd: this.folder, ...options, env });
  }

  /** Runs a command in a process of its own. */
  async runProcess(
    args: readonly string[],
    options: SpawnOptions = {},
  ): Promise<Omit<Outcome, 'code'> & { code: number | null }> {
    const child = this.spawn(args, options);
    const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
    const code = await ended(child);
    return { code, stdout: await stdout, stderr: await stderr };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Every file and folder, with what tells whether it was touched. */
  snapshot(): Record<string, string> {
    const names = readdirSync(this.#root, { recursive: true, encoding: 'utf8' }).sort();
    return Object.fromEntries(
      names.map((name) => {
        const status = statSync(join(this.#root, name));
        return [name, status.isFile() ? `${status.size} ${status.mtimeMs}` : 'folder'];
      }),
    );
  }
}

export function removeWorkplaces(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** One installation with two lineages, and an organization of each name with one. */
export function configurationOf(...organizations: readonly string[]): string {
  return [
    'installations:',
    '  - name: primary',
    "    productVersion: '8.3'",
    '    tenantId: 00000000-0000-0000-0000-000000000001',
    '    server: { hostName: vb365.example.com }',
    '    restApi: { hostName: vb365.example.com, port: 4443 }',
    '    authentication: { restoreOperators: true, tenants: false }',
    'organizations:',
    ...organizations.flatMap(organizationLines),
    '',
  ].join('\n');
}

/** To be put behind `configurationOf`. */
export function importedOrganization(name: string): string {
  return [...organizationLines(name), '    certificates: { source: imported }', ''].join('\n');
}

/** The exit code of a process; null where it was killed. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
}

function organizationLines(name: string): string[] {
  return [
    `  - name: ${name}`,
    '    installation: primary',
    '    tenantId: 00000000-0000-0000-0000-000000000002',
    '    services: [exchange]',
    '    purposes: [backup]',
    `    application: { displayName: VB365 ${name} }`,
  ];
}

/** The command line, compiled once for all tests. */
export const COMMAND_LINE = join(COMPILED, 'cli', 'index.js');

export async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (stream === null) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** Types each answer once, as soon as its prompt is there. */
function answering(answers: Readonly<Record<string, string>>, stdin: Writable): (text: string) => void {
  const open = new Map(Object.entries(answers));
  return (text) => {
    for (const [prompt, answer] of open) {
      if (!text.includes(prompt)) continue;
      open.delete(prompt);
      setImmediate(() => stdin.write(answer));
    }
  };
}

/** Stays open whoever ends it, as those of a process do. */
class Capture extends Writable {
  text = '';

  constructor(
    readonly isTTY: boolean,
    readonly watch: (text: string) => void = () => undefined,
  ) {
    super();
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.text += String(chunk);
    this.watch(this.text);
    done();
  }

  override end(): this {
    return this;
  }
}
