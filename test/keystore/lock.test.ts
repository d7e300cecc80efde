import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withKeystoreLock } from '../../lib/keystore/lock';
import { containing, rejectionOf, removeTemporaryFolders, temporaryFolder, treeOf } from './fixtures';

afterAll(removeTemporaryFolders);

describe('withKeystoreLock', () => {
  it('makes the folder, gives back what the work gives, and leaves no lock', async () => {
    const folder = join(temporaryFolder(), 'a', 'keystore');
    const held = await withKeystoreLock(folder, () => treeOf(folder));
    expect(held).toEqual(['.lock']);
    expect(treeOf(folder)).toEqual([]);
  });

  it('lets one work at a time', async () => {
    const folder = temporaryFolder();
    let inside = 0;
    const most: number[] = [];
    const work = async (): Promise<void> => {
      inside += 1;
      most.push(inside);
      await pause(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withKeystoreLock(folder, work)));
    expect(most).toEqual([1, 1, 1]);
  });

  it('is released when the work fails, and passes the error on', async () => {
    const folder = temporaryFolder();
    const failure = new Error('of the work');
    await expect(withKeystoreLock(folder, () => Promise.reject(failure))).rejects.toBe(failure);
    await expect(
      withKeystoreLock(folder, () => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(treeOf(folder)).toEqual([]);
    await expect(withKeystoreLock(folder, () => 'again', { waitSeconds: 0 })).resolves.toBe('again');
  });

  it('gives up after the time to wait, and names the cure', async () => {
    const folder = temporaryFolder();
    const error = await withKeystoreLock(folder, () =>
      rejectionOf(withKeystoreLock(folder, () => 1, { waitSeconds: 0.2 })),
    );
    expect(error).toMatchObject({ code: 'keystore-locked', subject: folder, cure: containing('again') });
  });

  it('tells once of a wait that lasts, and of none that does not', async () => {
    const folder = temporaryFolder();
    const [onWait, onNoWait] = [jest.fn(), jest.fn()];
    let waiting: Promise<number> | undefined;
    const hold = async (): Promise<void> => {
      await new Promise<void>((told) => {
        waiting = withKeystoreLock(folder, () => 1, { onWait: onWait.mockImplementation(told) });
      });
      // Some attempts more, none of which is told.
      await pause(350);
    };
    await withKeystoreLock(folder, hold, { onWait: onNoWait });
    await waiting;
    expect(onWait).toHaveBeenCalledTimes(1);
    expect(onNoWait).not.toHaveBeenCalled();
  });

  it('clears away what a killed command left half written, and nothing else', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.staging-0123456789abcdef'));
    writeFileSync(join(folder, '.staging-0123456789abcdef', '0001.key.age'), '');
    mkdirSync(join(folder, '.staging'));
    await withKeystoreLock(folder, () => {
      expect(treeOf(folder)).toEqual(['.lock', '.staging']);
    });
  });

  it('lets the work end whose lock was taken over meanwhile, as after a sleep of the computer, and tells it when it asks', async () => {
    const folder = temporaryFolder();
    const outcome = await withKeystoreLock(folder, async (lock) => {
      lock.requireHeld();
      rmdirSync(join(folder, '.lock'));
      mkdirSync(join(folder, '.lock'));
      // Made in the same millisecond, it would be taken for the one that was there.
      utimesSync(join(folder, '.lock'), 0, Date.now() / 1_000 + 1);
      // The holder looks after its lock every second.
      for (;;) {
        await pause(50);
        try {
          lock.requireHeld();
        } catch (error) {
          return error;
        }
      }
    });
    expect(outcome).toMatchObject({ code: 'keystore-lock-lost', cure: containing('again') });
    // It is another's lock now.
    expect(treeOf(folder)).toEqual(['.lock']);
  });

  it('says so where a file is in place of the folder', async () => {
    const folder = join(temporaryFolder(), 'keystore');
    writeFileSync(folder, '');
    expect((await rejectionOf(withKeystoreLock(folder, () => 1))).code).toBe('keystore-unwritable');
  });

  it('is taken over from a process that was killed', async () => {
    const folder = temporaryFolder();
    const holder = await holdInAnotherProcess(folder);
    const error = await rejectionOf(withKeystoreLock(folder, () => 1, { waitSeconds: 0 }));
    expect(error.code).toBe('keystore-locked');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(join(folder, '.lock'))).toBe(true);
    await expect(withKeystoreLock(folder, () => 'taken over')).resolves.toBe('taken over');
    expect(treeOf(folder)).toEqual([]);
  });
});

async function holdInAnotherProcess(folder: string): Promise<ChildProcess> {
  const lock = JSON.stringify(join(__dirname, '..', '..', 'lib', 'keystore', 'lock.ts'));
  const script = `require(${lock}).withKeystoreLock(${JSON.stringify(folder)}, () => {
    process.stdout.write('held');
    return new Promise((resolve) => setTimeout(resolve, 60_000));
  });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
