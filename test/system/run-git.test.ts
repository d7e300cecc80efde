import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runGit } from '../../lib/system/run-git';
import { thrownBy } from '../support/thrown';

const folder = mkdtempSync(join(tmpdir(), 'vb365-git-'));
const before = process.env;

afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

/** Puts a script in the place of git. */
function gitBeing(script: string): void {
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env = { ...before, PATH: `${folder}${delimiter}${before.PATH ?? ''}` };
}

describe('runGit', () => {
  it('gives git neither what is ours nor a secret of the account of Terraform', () => {
    gitBeing('env');
    const secrets = { VB365_REST_PASSWORD: 'hunter2', ARM_CLIENT_SECRET: 'hunter2', ARM_TENANT_ID: 'tenant' };
    process.env = { ...process.env, ...secrets };
    const output = runGit(folder, ['status']).toString();
    expect(output).not.toContain('hunter2');
    expect(output).toContain('ARM_TENANT_ID=tenant');
  });

  it('ends a git that does not end, with what it has started', async () => {
    const file = join(folder, 'pid');
    gitBeing(`sleep 600 & echo $! > ${file}\nwait`);
    const error = thrownBy(() => runGit(folder, ['cat-file', '--batch'], '', 1_500));
    expect(error).toMatchObject({ code: 'git-timed-out', cure: expect.stringContaining('"git cat-file --batch"') });
    const child = Number(readFileSync(file, 'utf8'));
    while (isRunning(child)) await wait(10);
  });

  it('says what git says', () => {
    gitBeing('echo "fatal: bad object" >&2; exit 128');
    expect(thrownBy(() => runGit(folder, ['status']))).toMatchObject({
      code: 'git-failed',
      message: 'git says "fatal: bad object"',
    });
  });
});

/** What has ended and is not waited for yet counts as ended. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  if (existsSync('/proc/self/stat')) return existsSync(status) && !readFileSync(status, 'utf8').includes(') Z ');
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
