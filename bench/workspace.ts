import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync } from '@swc/core';
import { runProcess, type Usage } from './processes';

const PROJECT = resolve(__dirname, '..');
const COMMAND_LINE = join(PROJECT, 'dist/cli/index.js');

/**
 * A temporary folder for everything that a run of the bench writes.
 *
 * The programs of `programs/` are compiled into it, as users' programs are: loading TypeScript would be measured too.
 */
export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'vb365-bench-')));

  constructor() {
    symlinkSync(join(PROJECT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    for (const file of ['sample-names', ...programs()]) this.#compile(file);
  }

  /** A new folder in it. */
  addFolder(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }

  /** Runs `vb365` as it is installed. */
  runCommand(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Usage> {
    return this.#runNode([COMMAND_LINE, ...args], cwd, env);
  }

  /** Runs one of `programs/`. */
  runProgram(
    name: string,
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Usage> {
    return this.#runNode([this.#compiled(`programs/${name}`), ...args], cwd, env);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #runNode(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Usage> {
    return runProcess(process.execPath, ['--require', this.#compiled('programs/probe'), ...args], { cwd, env });
  }

  #compile(file: string): void {
    const { code } = transformSync(readFileSync(join(__dirname, `${file}.ts`), 'utf8'), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      isModule: true,
    });
    mkdirSync(join(this.folder, 'compiled/programs'), { recursive: true });
    writeFileSync(this.#compiled(file), code);
  }

  #compiled(file: string): string {
    return join(this.folder, 'compiled', `${file}.js`);
  }
}

function programs(): string[] {
  return readdirSync(join(__dirname, 'programs')).map((name) => `programs/${name.replace(/\.ts$/, '')}`);
}
