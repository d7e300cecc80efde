import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

  it('ends a program that does not end', async () => {
    await expect(node('setInterval(() => undefined, 1000)', { timeout: 300 })).rejects.toMatchObject({
      code: 'install-timed-out',
    });
  });
});
