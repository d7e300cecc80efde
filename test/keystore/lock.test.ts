import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withKeystoreLock } from '../../lib/keystore/lock';
import { thisProcess } from '../../lib/system/process-identity';
import { hasFaketime } from '../support/clock';
import { containing, rejectionOf, removeTemporaryFolders, temporaryFolder, treeOf } from './fixtures';

afterAll(removeTemporaryFolders);

/** Nothing in it may be touched. */
let elsewhere: string;

beforeAll(() => {
  elsewhere = temporaryFolder();
  mkdirSync(join(elsewhere, 'folder'));
  writeFileSync(join(elsewhere, '0123456789abcdef.json'), '');
});

describe('withKeystoreLock', () => {
  it('makes the folder, gives back what the work gives, and leaves no lock', async () => {
    const folder = join(temporaryFolder(), 'a', 'keystore');
    const held = await withKeystoreLock(folder, () => treeOf(folder));
    expect(held).toEqual(['.lock', expect.stringMatching(/^\.lock\/[0-9a-f]{16}\.json$/)]);
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
      expect(readdirSync(folder).sort()).toEqual(['.lock', '.staging']);
    });
  });

  it('lets the work end whose lock was taken over meanwhile, as after a sleep of the computer, and tells it when it asks', async () => {
    const folder = temporaryFolder();
    const outcome = await withKeystoreLock(folder, async (lock) => {
      lock.requireHeld();
      rmSync(join(folder, '.lock'), { recursive: true });
      mkdirSync(join(folder, '.lock'));
      writeFileSync(join(folder, '.lock', '0123456789abcdef.json'), '');
      // Longer than holders leave their lock untouched.
      await pause(1_200);
      return rejectionOf(
        Promise.resolve().then(() => {
          lock.requireHeld();
        }),
      );
    });
    expect(outcome).toMatchObject({ code: 'keystore-lock-lost', cure: containing('again') });
    // It is another's lock now.
    expect(treeOf(folder)).toEqual(['.lock', '.lock/0123456789abcdef.json']);
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
    expect(error.message).toContain(`process ${holder.pid} of ${userInfo().username} on ${hostname()} writes`);
    expect(error.message).toContain(`has held its lock ${join(folder, '.lock')} since `);
    expect(error.cure).toContain(`where it hangs, end it: kill ${holder.pid}`);
    await holder.kill('SIGKILL');
    expect(existsSync(join(folder, '.lock'))).toBe(true);
    // At once: nobody has to wait for a process that is known to have ended.
    await expect(withKeystoreLock(folder, () => 'taken over', { waitSeconds: 0 })).resolves.toBe('taken over');
    expect(treeOf(folder)).toEqual([]);
  });

  it('is never taken over from one that lives and is suspended', async () => {
    const folder = temporaryFolder();
    const holder = await holdInAnotherProcess(folder);
    await holder.kill('SIGSTOP');
    const before = treeOf(folder);
    const error = await rejectionOf(withKeystoreLock(folder, () => 1, { waitSeconds: 6 }));
    expect(error).toMatchObject({ code: 'keystore-locked' });
    expect(treeOf(folder)).toEqual(before);
    await holder.kill('SIGKILL');
  });

  it.each(['1970-01-01', '2099-01-01'])(
    'that names no owner, is not taken over by its date (%s), but once it is seen to rest',
    async (date) => {
      const folder = temporaryFolder();
      const lock = join(folder, '.lock');
      mkdirSync(lock);
      const touch = (): void => {
        utimesSync(lock, new Date(date), new Date(Date.parse(date) + Math.random() * 1e6));
      };
      touch();
      const touching = setInterval(touch, 500);
      const error = await rejectionOf(withKeystoreLock(folder, () => 1, { waitSeconds: 6 }));
      clearInterval(touching);
      expect(error.message).toMatch(/does not say whose it is/);
      expect(error.message).toMatch(
        date < '2000' ? /since 1970-.*, for \d+ days;/ : /since 2099-.*, which is in the future/,
      );
      expect(error.cure).toContain(`remove its lock: rm -r "${lock}"`);
      await expect(withKeystoreLock(folder, () => 'taken over')).resolves.toBe('taken over');
      expect(treeOf(folder)).toEqual([]);
    },
  );

  it('names the host of an owner that cannot be looked for from here, and leaves it its lock', async () => {
    const folder = temporaryFolder();
    const owner = { pid: 1, user: 'builder', host: 'elsewhere.example.com' };
    mkdirSync(join(folder, '.lock'));
    writeFileSync(join(folder, '.lock', '0123456789abcdef.json'), `${JSON.stringify(owner)}\n00000001\n`);
    const error = await rejectionOf(withKeystoreLock(folder, () => 1, { waitSeconds: 6 }));
    expect(error.message).toContain('process 1 of builder on elsewhere.example.com writes');
    expect(error.cure).toMatch(
      /where no such command runs on elsewhere\.example\.com any more, remove its lock: rm -r /,
    );
  });

  it('is not that of another process that was given the same number', async () => {
    const folder = temporaryFolder();
    const holder = await holdInAnotherProcess(folder);
    const [name = ''] = readdirSync(join(folder, '.lock'));
    const file = join(folder, '.lock', name);
    await holder.kill('SIGKILL');
    writeFileSync(file, readFileSync(file, 'utf8').replace(`"pid":${holder.pid}`, `"pid":${process.pid}`));
    await expect(withKeystoreLock(folder, () => 'taken over')).resolves.toBe('taken over');
  });

  it('goes to one of many that find it left behind at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const folder = temporaryFolder();
      mkdirSync(join(folder, '.lock'));
      writeFileSync(join(folder, '.lock', '0123456789abcdef.json'), JSON.stringify({ ...thisProcess(), pid: 2 ** 30 }));
      let inside = 0;
      const work = async (): Promise<number> => {
        inside += 1;
        const most = inside;
        await pause(1);
        inside -= 1;
        return most;
      };
      expect(await Promise.all(Array.from({ length: 8 }, () => withKeystoreLock(folder, work)))).toEqual(
        Array(8).fill(1),
      );
      expect(treeOf(folder)).toEqual([]);
    }
  });

  it.each([
    [
      'a file',
      (lock: string): void => {
        writeFileSync(lock, '');
      },
    ],
    [
      'a symbolic link',
      (lock: string): void => {
        symlinkSync(elsewhere, lock);
      },
    ],
  ])('says so where %s is in its place', async (_, make) => {
    const folder = temporaryFolder();
    make(join(folder, '.lock'));
    const before = treeOf(elsewhere);
    const error = await rejectionOf(withKeystoreLock(folder, () => 1));
    expect(error).toMatchObject({
      code: 'keystore-unwritable',
      message: containing(join(folder, '.lock')),
      cure: containing('move'),
    });
    expect(treeOf(elsewhere)).toEqual(before);
  });

  it('takes over what a file manager has put something into', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.lock', 'thumbnails'), { recursive: true });
    writeFileSync(join(folder, '.lock', '.DS_Store'), '');
    await expect(withKeystoreLock(folder, () => 'taken over')).resolves.toBe('taken over');
    expect(treeOf(folder)).toEqual(['.lock', '.lock/.DS_Store', '.lock/thumbnails']);
  });

  (hasFaketime ? it : it.skip)('is taken over at once from one that was killed under a clock of 2099', async () => {
    const folder = temporaryFolder();
    const holder = await holdInAnotherProcess(folder, 'faketime', '2099-01-01 12:00:00');
    // It has touched its lock since.
    await pause(1_500);
    await holder.kill('SIGKILL');
    await expect(withKeystoreLock(folder, () => 'taken over', { waitSeconds: 0 })).resolves.toBe('taken over');
  });

  (hasFaketime ? it : it.skip)('is not taken over from one that lives by a command whose clock says 2099', async () => {
    const folder = temporaryFolder();
    let released: Promise<void> | undefined;
    await withKeystoreLock(folder, async () => {
      const other = holdInAnotherProcess(folder, 'faketime', '2099-01-01 12:00:00');
      const isHeld = await Promise.race([other.then(() => true), pause(3_000, false)]);
      expect(isHeld).toBe(false);
      released = other.then((holder) => holder.kill('SIGKILL'));
    });
    await released;
  });
});

interface Holder {
  readonly pid: number;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** @param wrapper what it is started by */
async function holdInAnotherProcess(folder: string, ...wrapper: readonly string[]): Promise<Holder> {
  const lock = JSON.stringify(join(__dirname, '..', '..', 'lib', 'keystore', 'lock.ts'));
  const script = `require(${lock}).withKeystoreLock(${JSON.stringify(folder)}, () => {
    process.stdout.write(String(process.pid));
    return new Promise((resolve) => setTimeout(resolve, 60_000));
  });`;
  const [program, ...args]: readonly string[] = [...wrapper, process.execPath, '--import', 'tsx', '--eval', script];
  const child = spawn(program ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    process.kill(pid, signal);
    if (signal === 'SIGKILL') await exit;
  };
  return { pid, kill };
}
