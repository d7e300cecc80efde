import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** What a stand-in for PowerShell does: `answer` as a script would, or what else may go wrong on a server. */
export type Behaviour = 'answer' | 'current' | 'refuse' | 'garbage' | 'leak' | 'hang';

export interface Recorded {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
}

/**
 * A program `pwsh` that cannot run scripts: it records what it got, and answers what the script of the envelope would.
 * PowerShell itself could not either, because Veeam's module runs on Windows only.
 */
export class PowershellStandIn {
  /** To be put on the path. */
  readonly bin: string;
  readonly #folder: string;
  /**
   * Each process that hangs holds a connection, which the system closes when the process ends. Its id would tell less: that
   * stays until somebody reaps the process, which may take seconds or never happen where its parent has gone.
   */
  readonly #listener = createServer();
  readonly #hanging = new Set<Socket>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#listener.on('connection', (socket) => {
      this.#hanging.add(socket.resume());
      socket.on('error', () => undefined).on('close', () => this.#hanging.delete(socket));
    });
    this.#listener.listen(join(folder, 'hanging'));
    this.bin = join(folder, 'bin');
    mkdirSync(this.bin, { recursive: true });
    const program = join(this.bin, 'pwsh');
    writeFileSync(program, `#!${process.execPath}\n${STAND_IN.replace('FOLDER', JSON.stringify(folder))}`);
    chmodSync(program, 0o755);
    this.behave('answer');
  }

  behave(behaviour: Behaviour): void {
    writeFileSync(join(this.#folder, 'behaviour'), behaviour);
  }

  get recorded(): Recorded {
    const recorded: Recorded = JSON.parse(readFileSync(join(this.#folder, 'recorded.json'), 'utf8'));
    return recorded;
  }

  /** Until a process hangs. */
  async hangs(): Promise<void> {
    if (this.#hanging.size === 0) await once(this.#listener, 'connection');
  }

  /** Until no process hangs any more. */
  async hasEnded(): Promise<void> {
    await Promise.all(Array.from(this.#hanging, (socket) => once(socket, 'close')));
  }

  /** Ends what still hangs. */
  close(): void {
    this.#listener.close();
    for (const socket of this.#hanging) socket.destroy();
  }

  get envelope(): { readonly script: string; readonly pfx?: string; readonly password?: string } {
    const envelope: { script: string; pfx?: string; password?: string } = JSON.parse(this.recorded.stdin);
    return envelope;
  }
}

const STAND_IN = `
const fs = require('node:fs');
const folder = FOLDER;
const behaviour = fs.readFileSync(folder + '/behaviour', 'utf8');
const stdin = fs.readFileSync(0, 'utf8');
const partial = folder + '/recorded.partial';
fs.writeFileSync(partial, JSON.stringify({ argv: process.argv.slice(2), env: process.env, stdin }));
fs.renameSync(partial, folder + '/recorded.json');
if (behaviour === 'hang') require('node:net').connect(folder + '/hanging').on('error', () => {});
else answer(JSON.parse(stdin));
function answer({ script, password }) {
  const literal = (name) => new RegExp(name + " = '([^']*)'").exec(script)[1];
  const thumbprint = literal('\\\\$thumbprint');
  const old = '0'.repeat(40);
  const whatIf = password === undefined;
  const result = { role: literal('role'), lineage: literal('lineage'), before: old, after: whatIf ? old : thumbprint, changed: !whatIf, whatIf };
  const say = (line) => process.stdout.write(line + '\\r\\n');
  const refuse = (error) => { say(JSON.stringify({ ...result, after: old, changed: false, error })); process.exitCode = 1; };
  say('Welcome, \\u001b[31madministrator');
  switch (behaviour) {
    case 'answer': say(JSON.stringify(result)); break;
    case 'current': say(JSON.stringify({ ...result, before: thumbprint, after: thumbprint, changed: false })); break;
    case 'refuse': refuse('The service is \\u001b]0;owned\\u0007down,\\r\\nreally'); break;
    case 'garbage': say('{"role":'); process.stderr.write('At line:1 \\u001b[31moops\\n'); process.exitCode = 1; break;
    case 'leak': process.stderr.write(stdin); refuse('I was told ' + password); break;
  }
}
`;
