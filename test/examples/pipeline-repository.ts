import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND_LINE } from '../support/cli';
import { layOut } from './pipeline-layout';

/** A repository that uses the pipelines: an origin, and the clone of a person. */
export class PipelineRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'vb365-pipeline-'));
  readonly origin = join(this.folder, 'origin.git');
  readonly clone = join(this.folder, 'clone');
  readonly env: NodeJS.ProcessEnv;

  /** @param env of every command, beside what finds programs */
  constructor(env: NodeJS.ProcessEnv = {}) {
    this.env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      // Not installed, as where the settings of a workstation came along; bash says so, and it must not matter.
      LC_ALL: 'xx_XX.UTF-8',
      GIT_CONFIG_NOSYSTEM: '1',
      TF_CLI_CONFIG_FILE: process.env.TF_CLI_CONFIG_FILE,
      CHECKPOINT_DISABLE: '1',
      npm_config_offline: 'true',
      npm_config_audit: 'false',
      npm_config_update_notifier: 'false',
      ...env,
    };
    writeFileSync(join(this.folder, '.gitconfig'), '[user]\nname = A person\nemail = person@example.com\n');
    this.#makePackage();
    mkdirSync(this.clone);
    this.run('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.origin]);
    this.run('git', ['init', '--quiet', '--initial-branch=main']);
    this.run('git', ['remote', 'add', 'origin', this.origin]);
    layOut(this.clone);
    this.write('package.json', JSON.stringify({ private: true, dependencies: { 'cdktf-vb365': 'file:../package' } }));
    this.write('.gitignore', 'node_modules/\ncdktf.out/\nplans/\n');
    this.run('npm', ['install', '--no-audit', '--no-fund']);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command in the clone, at a workstation: `CI` is not set. */
  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
    const options = {
      cwd: this.clone,
      env: { ...this.env, ...env, VB365_IDENTITY: join(this.folder, 'identity.txt') },
    };
    return execFileSync(command, args, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs a command of a pipeline in the clone, which has to fail, and gives what it says. */
  async fails(command: string, env: NodeJS.ProcessEnv): Promise<string> {
    const options = { cwd: this.clone, env: { ...this.env, CI: 'true', ...env } };
    return new Promise((done) => {
      execFile(command, options, (error, stdout, stderr) => {
        done(error === null ? '' : stdout + stderr);
      });
    });
  }

  vb365(...args: readonly string[]): string {
    return this.run('npx', ['--no', '--', 'vb365', ...args]);
  }

  read(name: string): string {
    return readFileSync(join(this.clone, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.clone, name), text);
  }

  /** Commits everything on a branch that begins at main, and pushes it. */
  push(branch: string): void {
    if (branch !== 'main') this.run('git', ['switch', '--quiet', '--create', branch]);
    this.run('git', ['add', '--all']);
    this.run('git', ['commit', '--quiet', '--message', branch]);
    this.run('git', ['push', '--quiet', 'origin', branch]);
  }

  /** As the button of a platform does it: one commit on main that merges a branch. */
  merge(branch: string): void {
    this.run('git', ['switch', '--quiet', 'main']);
    this.run('git', ['merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, branch]);
    this.run('git', ['push', '--quiet', 'origin', 'main']);
  }

  /** The package as npm would install it, but with the program as it lies here. */
  #makePackage(): void {
    const folder = join(this.folder, 'package');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'cdktf-vb365', version: '0.0.0', bin: { vb365: 'vb365' } }),
    );
    const program = [process.execPath, COMMAND_LINE];
    const quoted = program.map((part) => `'${part}'`).join(' ');
    writeFileSync(join(folder, 'vb365'), `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  }
}
