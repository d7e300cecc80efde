import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ProcessCall, runProcess } from '../../lib/system/process';

function node(script: string, call: Partial<ProcessCall> = {}): ReturnType<typeof runProcess> {
  return runProcess({ program: process.execPath, args: ['-e', script], name: 'node', timeout: 20_000, ...call });
}

describe('runProcess', () => {
  it('gives what a program printed, in the folder and with the input that it was given', async () => {
    const script = 'process.stdin.pipe(process.stderr); console.log(process.cwd()); process.exitCode = 3;';
    const cwd = realpathSync(tmpdir());
    expect(await node(script, { cwd, input: 'told' })).toEqual({
      stdout: `${cwd}\n`,
      stderr: 'told',
      exitCode: 3,
      isCut: false,
    });
  });

  it('keeps the end of what is too much, and says so', async () => {
    const script = `process.stdout.write('a'.repeat(300_000) + 'é'.repeat(5) + '.')`;
    const output = await node(script, { mostBytes: 11 });
    expect(output).toMatchObject({ stdout: 'ééééé.', isCut: true });
    expect(await node(`process.stdout.write('12345')`, { mostBytes: 5 })).toMatchObject({
      stdout: '12345',
      isCut: false,
    });
  });

  it('never gives back a secret', async () => {
    const output = await node('process.stdin.pipe(process.stdout)', { input: 'my s3cret', secrets: ['s3cret', ''] });
    expect(output?.stdout).toBe('my …');
  });

  it('is undefined where there is no such program', async () => {
    expect(await node('', { program: 'no-such-program-here' })).toBeUndefined();
  });

  // As long as the test itself may last.
  it('does not wait for what a program that is ended has started', async () => {
    const call = { program: 'sh', args: ['-c', 'sleep 600 & wait'], timeout: 100 };
    await expect(node('', call)).rejects.toMatchObject({ code: 'install-timed-out' });
  });

  it('ends with a program what it has started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vb365-process-'));
    const [file, ended] = [join(folder, 'started'), join(folder, 'ended')];
    const script = `(trap 'touch ${ended}; exit' TERM; touch ${file}; while :; do sleep 0.05; done) & wait`;
    await expect(node('', { program: 'sh', args: ['-c', script], timeout: 1_500 })).rejects.toMatchObject({
      code: 'install-timed-out',
    });
    expect(existsSync(file)).toBe(true);
    while (!existsSync(ended)) await wait(10);
    rmSync(folder, { recursive: true });
  });

  it('gives a program no secret that it does not need, and what is meant for it', async () => {
    const env = { ...process.env, VB365_REST_PASSWORD: 'a', ARM_CLIENT_SECRET: 'b', ARM_TENANT_ID: 'c' };
    const script =
      'console.log(["VB365_REST_PASSWORD", "ARM_CLIENT_SECRET", "ARM_TENANT_ID", "VB365_OWN"].map((name) => process.env[name]).join())';
    const variables = { VB365_OWN: 'd' };
    expect(await node(script, { env, variables })).toMatchObject({ stdout: ',,c,d\n' });
    expect(await node(script, { env, needsAzure: true })).toMatchObject({ stdout: ',b,c,\n' });
  });

  it('ends a program that does not end', async () => {
    await expect(node('setInterval(() => undefined, 1000)', { timeout: 300 })).rejects.toMatchObject({
      code: 'install-timed-out',
    });
  });
});
