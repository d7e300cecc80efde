import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type FileSystem from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLeftBehind, sweepLeftBehind } from '../../../cli/shell/left-behind';
import { refuseTaken, writePublicFile, writeSecretFiles } from '../../../cli/shell/write-file';
import { killAt, MOMENTS } from '../../support/kill-at';
import { thrownBy } from '../../support/thrown';

const fs = jest.requireActual<typeof FileSystem>('node:fs');

/** Three folders: of the configuration, and of each file; beside the second one, a file may be to be removed. */
class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'vb365-joint-'));
  readonly home = this.#folder('home');
  readonly files: readonly [string, string];
  readonly removed: readonly string[];

  constructor(pfxFolder: string, passwordFolder: string, isThere: boolean, hasEarlier = false) {
    places.push(this.folder);
    this.files = [join(this.#folder(passwordFolder), 'p.password'), join(this.#folder(pfxFolder), 'p.pfx')];
    this.removed = hasEarlier ? [join(this.folder, pfxFolder, 'earlier.pfx')] : [];
    if (isThere) for (const file of [...this.files, ...this.removed]) writeFileSync(file, `old ${file}`);
  }

  write(overwrite: boolean): void {
    const files = this.files.map((file) => ({ file, content: `new ${file}` }));
    writeSecretFiles(files, overwrite, this.home, this.removed);
  }

  /** `old` and `new` where all are, `none`, or else what is there; what is removed is `new` when it has gone. */
  get pair(): string {
    const ages = this.files.map((file) => (fs.existsSync(file) ? readFileSync(file, 'utf8').split(' ')[0] : 'none'));
    const earlier = this.removed.map((file) => (fs.existsSync(file) ? 'old' : 'new'));
    return [...new Set([...ages, ...earlier])].join(' and ');
  }

  get left(): string[] {
    const names = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.includes('.vb365-'));
  }

  #folder(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

const places: string[] = [];
// What takes the time, and makes a difference to a power cut only.
beforeEach(() => {
  jest.spyOn(fs, 'fsyncSync').mockImplementation(() => undefined);
});
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true });
});

const WRITES: readonly [string, string, string, boolean, boolean?][] = [
  ['a new pair', 'out', 'out', false],
  ['a new pair in two folders', 'out', 'secret', false],
  ['a pair that takes the place of another', 'out', 'out', true],
  ['a pair in two folders that takes the place of another', 'out', 'secret', true],
  ['a pair beside the configuration', 'home', 'home', true],
  ['a pair in two folders, with which an earlier file goes', 'out', 'secret', true, true],
];

/** Calls the function with 1, 2, … until it says that this was the last. */
async function count(until: (number: number) => Promise<boolean> | boolean): Promise<number> {
  let number = 1;
  while (!(await until(number))) number += 1;
  return number;
}

describe.each(WRITES)('writing %s', (_, pfx, password, isThere, hasEarlier) => {
  const before = isThere ? 'old' : 'none';

  it('leaves nothing behind', () => {
    const place = new Place(pfx, password, isThere, hasEarlier);
    place.write(isThere);
    expect({ pair: place.pair, left: place.left }).toEqual({ pair: 'new', left: [] });
    expect(statSync(place.files[1]).mode & 0o777).toBe(0o600);
  });

  it.each(MOMENTS)('and killed %s, is told of, and taken back or ended by the next command', async (__, half) => {
    const seen = new Set<string>();
    const moments = await count(async (change) => {
      const place = new Place(pfx, password, isThere, hasEarlier);
      const isDone = await killAt(change, half, () => {
        place.write(isThere);
      });
      const { pair, left } = place;
      // Beside the configuration, it is told of from the first secret byte to the last.
      const told = findLeftBehind([place.home]);
      const isHalf = ![before, 'new'].includes(pair);
      const secrets = left.some((name) => /\d\.(?:new|old)$/.test(name));
      expect({ change, told: told.length > 0 || !(isHalf || secrets) }).toEqual({ change, told: true });
      refuseTaken(place.files, true);
      seen.add(`${pair}, then ${place.pair}`);
      expect([before, 'new']).toContain(place.pair);
      sweepLeftBehind([place.home]);
      expect({ change, left: place.left, told: findLeftBehind([place.home]) }).toEqual({ change, left: [], told: [] });
      return isDone;
    });
    expect(moments).toBeGreaterThan(15);
    expect(seen).toContain(`${before}, then ${before}`);
    expect(seen).toContain('new, then new');
    if (isThere) expect(seen).toContain('new and old, then old');
  });

  it.each([
    ['renameSync', 'EBUSY'],
    ['linkSync', 'EPERM'],
    ['openSync', 'EACCES'],
    ['writeFileSync', 'ENOSPC'],
    ['rmSync', 'EPERM'],
  ] as const)('is all or nothing where any one %s fails with %s', async (name, code) => {
    await count((number) => {
      const place = new Place(pfx, password, isThere, hasEarlier);
      const calls = failingAt(name, number, code);
      const error = thrownBy(() => {
        place.write(isThere);
      });
      const isDone = calls() < number;
      if (error !== undefined) expect(error.code).toBe('output-unwritable');
      // What cannot be removed or put back at once is, once it can.
      sweepLeftBehind([place.home, ...place.files.map((file) => join(file, '..'))]);
      expect(place.pair).toBe(error === undefined ? 'new' : before);
      expect(place.left).toEqual([]);
      return isDone;
    });
  });

  it('is all or nothing where no file system has hard links', () => {
    const place = new Place(pfx, password, isThere, hasEarlier);
    const spy = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('no links'), { code: 'EPERM' });
    });
    place.write(isThere);
    spy.mockRestore();
    expect({ pair: place.pair, left: place.left }).toEqual({ pair: 'new', left: [] });
  });
});

/** Lets one call fail. @returns how many there have been, and lets all succeed again */
function failingAt(
  name: 'renameSync' | 'linkSync' | 'openSync' | 'writeFileSync' | 'rmSync',
  number: number,
  code: string,
): () => number {
  const real = fs[name] as (...args: unknown[]) => unknown;
  let calls = 0;
  const spy = jest.spyOn(fs, name as 'rmSync').mockImplementation((...args: unknown[]) => {
    calls += 1;
    if (calls === number) throw Object.assign(new Error(code), { code });
    return real(...args) as never;
  });
  return () => {
    spy.mockRestore();
    return calls;
  };
}

describe('What is left behind', () => {
  const HOST = `.vb365-${'0'.repeat(16)}.${'f'.repeat(8)}`;

  function place(): Place {
    return new Place('out', 'out', false);
  }

  it('by an earlier version goes, when somebody writes into its folder', () => {
    const { files, folder, home } = place();
    const old = join(folder, 'out', `.vb365-${'a'.repeat(16)}`);
    writeFileSync(old, 'a PFX');
    expect(findLeftBehind([join(folder, 'out')])).toMatchObject([
      { id: 'output-left-behind', subject: old, message: expect.stringContaining('private keys') },
    ]);
    writeSecretFiles([{ file: files[0], content: 'x' }], false, home);
    expect(fs.existsSync(old)).toBe(false);
  });

  it('by a public file goes, too', async () => {
    const { folder } = place();
    const file = join(folder, 'page.html');
    await killAt(2, false, () => {
      writePublicFile(file, 'x');
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('.vb365-'))).toHaveLength(1);
    writePublicFile(file, 'x');
    expect(readdirSync(folder).filter((name) => name.startsWith('.vb365-'))).toEqual([]);
  });

  it.each([
    ['a process that runs', `.vb365-${'0'.repeat(16)}.HOST.${process.ppid}.0.new`, 0, true],
    ['a process that does not run', `.vb365-${'0'.repeat(16)}.HOST.2147483646.0.new`, 0, false],
    ['another machine, a moment ago', `${HOST}.1.0.new`, 0, true],
    ['another machine, an hour ago', `${HOST}.1.0.new`, 3_600, false],
    [
      'a process whose number another one has by now',
      `.vb365-${'0'.repeat(16)}.HOST.${process.ppid}.0.new`,
      3_600,
      false,
    ],
  ])('by %s is what it is writing, or goes', (_, name, seconds, stays) => {
    const { files, folder, home } = place();
    const host = ownHost(folder);
    const file = join(folder, 'out', name.replace('HOST', host));
    writeFileSync(file, 'a secret');
    const then = new Date(Date.now() - seconds * 1_000);
    utimesSync(file, then, then);
    expect(findLeftBehind([join(folder, 'out')])).toHaveLength(stays ? 0 : 1);
    writeSecretFiles([{ file: files[0], content: 'x' }], false, home);
    expect(fs.existsSync(file)).toBe(stays);
  });

  it('is put back by whoever comes next where it was being put back, too', async () => {
    await count(async (change) => {
      const template = new Place('out', 'secret', true);
      const isDone = await killAt(change, false, () => {
        template.write(true);
      });
      const steps = await count(async (step) => {
        const place = new Place('out', 'secret', true);
        await killAt(change, false, () => {
          place.write(true);
        });
        const isSwept = await killAt(step, false, () => {
          sweepLeftBehind([place.home]);
        });
        sweepLeftBehind([place.home, ...place.files.map((file) => join(file, '..'))]);
        expect(['old', 'new']).toContain(place.pair);
        expect(place.left).toEqual([]);
        return isSwept;
      });
      expect(steps).toBeGreaterThan(0);
      return isDone;
    });
  });

  it('is put back only where nobody has put another file since', async () => {
    const there = new Place('out', 'secret', true);
    await killAt(await lastChangeBefore('new and old'), false, () => {
      there.write(true);
    });
    expect(there.pair).toBe('new and old');
    writeFileSync(there.files[0], 'mine');
    sweepLeftBehind([there.home]);
    expect(readFileSync(there.files[0], 'utf8')).toBe('mine');
    expect(there.left).toEqual([]);
  });

  it('is put back in a project that has been moved', async () => {
    const there = new Place('home', 'home', true);
    await killAt(await lastChangeBefore('new and old', 'home'), false, () => {
      there.write(true);
    });
    const moved = `${there.folder}-moved`;
    fs.renameSync(there.folder, moved);
    sweepLeftBehind([join(moved, 'home')]);
    fs.renameSync(moved, there.folder);
    expect({ pair: there.pair, left: there.left }).toEqual({ pair: 'old', left: [] });
  });

  it('and told by a record that came with a repository, reaches no file elsewhere', () => {
    const { folder, home } = place();
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'x');
    const sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
    const stem = join(home, `.vb365-${'0'.repeat(16)}.${'f'.repeat(8)}.1`);
    const files = [{ name: '../victim', sha256, replaces: false }];
    writeFileSync(`${stem}.record`, JSON.stringify({ folders: ['', '..'], files }));
    writeFileSync(`${stem}.0.old`, 'evil');
    utimesSync(`${stem}.record`, 0, 0);
    utimesSync(`${stem}.0.old`, 0, 0);
    sweepLeftBehind([home]);
    expect(readFileSync(victim, 'utf8')).toBe('x');
    expect(readdirSync(home)).toEqual([]);
  });

  /** As many changes as lead to such a pair. */
  async function lastChangeBefore(pair: string, folder = 'secret'): Promise<number> {
    return count(async (change) => {
      const there = new Place(folder === 'home' ? 'home' : 'out', folder, true);
      await killAt(change, false, () => {
        there.write(true);
      });
      return there.pair === pair;
    });
  }

  function ownHost(folder: string): string {
    const seen = jest.spyOn(fs, 'renameSync');
    writePublicFile(join(folder, 'probe'), 'x', true);
    const [from] = seen.mock.calls.at(-1) ?? [];
    seen.mockRestore();
    return /\.([0-9a-f]{8})\.\d+\.0\.new$/.exec(String(from))?.[1] ?? '';
  }
});
