import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type FileSystem from 'node:fs';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificate } from '../../lib/certificates/certificate';
import { Keystore } from '../../lib/keystore/keystore';
import { sweepStaging } from '../../lib/keystore/keystore-writer';
import { withKeystoreLock } from '../../lib/keystore/lock';
import { killAt, MOMENTS } from '../support/kill-at';
import {
  certificateOf,
  containing,
  errorOf,
  removeTemporaryFolders,
  sealedText,
  temporaryFolder,
  treeOf,
} from './fixtures';

const LINEAGE = 'contoso/entra-application';
const fs = jest.requireActual<typeof FileSystem>('node:fs');

afterAll(removeTemporaryFolders);

/** `adding-process.ts`, running. */
type Adder = ChildProcessByStdio<Writable, Readable, null>;
type NewGeneration = Parameters<Keystore['add']>[1];

function newGeneration(): NewGeneration {
  return { certificate: certificateOf(), chain: [], accepted: [], sealedKey: sealedText() };
}

/** What a reader sees: label, certificate and sealed key of each generation. */
function viewOf(keystore: Keystore): string[] {
  return keystore
    .generations(LINEAGE)
    .map(({ label, certificate, keyFile }) => `${label} ${certificate.thumbprint} ${readFileSync(keyFile!, 'utf8')}`);
}

describe('A writer that is killed', () => {
  const [first, second, third] = [newGeneration(), newGeneration(), newGeneration()];
  const scenarios: readonly [string, readonly NewGeneration[], (keystore: Keystore) => unknown][] = [
    ['adding the first generation', [], (keystore) => keystore.add(LINEAGE, first)],
    ['adding a further generation', [first, second], (keystore) => keystore.add(LINEAGE, third)],
    [
      'retiring a generation',
      [first, second],
      (keystore) => {
        keystore.remove(LINEAGE, 1);
      },
    ],
    [
      'retiring the only generation',
      [first],
      (keystore) => {
        keystore.remove(LINEAGE, 1);
      },
    ],
  ];

  describe.each(scenarios)('while %s', (_, before, work) => {
    /** A template to copy: as it is before the work. */
    const template = join(temporaryFolder(), 'keystore');
    mkdirSync(template);
    for (const generation of before) new Keystore(template).add(LINEAGE, generation);

    function copy(): Keystore {
      const folder = join(temporaryFolder(), 'keystore');
      cpSync(template, folder, { recursive: true });
      return new Keystore(folder);
    }

    it.each(MOMENTS)('leaves the keystore as before or as after, when killed %s', async (__, half) => {
      const done = copy();
      work(done);
      const [viewBefore, viewAfter] = [viewOf(new Keystore(template)), viewOf(done)];
      const seen = new Set<string>();
      for (let change = 1; ; change += 1) {
        const keystore = copy();
        const ended = await killAt(change, half, () => work(keystore));
        const view = viewOf(keystore);
        expect([viewBefore, viewAfter]).toContainEqual(view);
        expect(keystore.findings().filter(({ severity }) => severity !== 'advice')).toEqual([]);
        seen.add(view.join());
        if (ended) break;

        // Whoever comes next finishes it, and leaves nothing of it behind.
        sweepStaging(keystore.folder);
        const added = keystore.add(LINEAGE, newGeneration());
        expect(viewOf(keystore).slice(0, -1)).toEqual(view);
        expect(added.label).toBe(viewOf(keystore).at(-1)?.slice(0, 4));
        expect(keystore.findings()).toEqual([]);
        expect(treeOf(keystore.folder).filter((path) => path.includes('/.') || path.startsWith('.'))).toEqual([]);
      }
      expect(seen.size).toBe(2);
    });
  });

  it('leaves nothing half written where the disk is full', () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    keystore.add(LINEAGE, newGeneration());
    const before = treeOf(keystore.folder);
    const spy = jest.spyOn(fs, 'writeFileSync').mockImplementation(() => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    });
    try {
      expect(errorOf(() => keystore.add(LINEAGE, newGeneration()))).toMatchObject({
        code: 'keystore-unwritable',
        message: containing('the disk is full'),
      });
    } finally {
      spy.mockRestore();
    }
    expect(treeOf(keystore.folder)).toEqual(before);
  });

  it('adds where the file system knows no hard links', () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    const spy = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
    });
    try {
      for (const number of [1, 2, 3]) expect(keystore.add(LINEAGE, newGeneration()).number).toBe(number);
    } finally {
      spy.mockRestore();
    }
    expect(keystore.findings()).toEqual([]);
    expect(treeOf(join(keystore.folder, LINEAGE))).toHaveLength(6);
  });
});

describe('A generation that was being retired', () => {
  it('is gone for good, whatever else was put into the folder that says so', () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    keystore.add(LINEAGE, newGeneration());
    const mark = join(keystore.folder, LINEAGE, '.retired-0001');
    mkdirSync(mark);
    writeFileSync(join(mark, '.DS_Store'), '');
    for (const number of [1, 2]) expect(keystore.add(LINEAGE, newGeneration()).number).toBe(number);
    expect(viewOf(keystore)).toHaveLength(2);
    expect(keystore.findings()).toEqual([]);
  });
});

describe('A generation that lost its number to another', () => {
  it('does not count, is cleared away, and harms nobody', () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    keystore.add(LINEAGE, newGeneration());
    keystore.add(LINEAGE, newGeneration());
    const view = viewOf(keystore);
    const committed = join(keystore.folder, LINEAGE, '.0002-0123456789abcdef');
    mkdirSync(committed);
    writeFileSync(join(committed, '0002.key.age'), sealedText());
    writeFileSync(join(committed, '0002.crt'), readFileSync(join(keystore.folder, LINEAGE, '0001.crt')));
    expect(viewOf(keystore)).toEqual(view);
    expect(keystore.add(LINEAGE, newGeneration()).number).toBe(3);
    expect(viewOf(keystore).slice(0, 2)).toEqual(view);
    expect(treeOf(join(keystore.folder, LINEAGE))).toHaveLength(6);
  });

  it('is given up after a thousand attempts', () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    const spy = jest.spyOn(fs, 'renameSync').mockImplementation(() => {
      throw Object.assign(new Error('no such file or directory'), { code: 'ENOENT' });
    });
    const syncs = jest.spyOn(fs, 'fsyncSync').mockImplementation(() => undefined);
    try {
      expect(errorOf(() => keystore.add(LINEAGE, newGeneration())).code).toBe('keystore-locked');
    } finally {
      spy.mockRestore();
      syncs.mockRestore();
    }
  });
});

describe('Processes', () => {
  const script = join(__dirname, 'adding-process.ts');
  const children: Adder[] = [];

  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  /** Starts a process that will add these certificates, and waits until it is ready to. */
  async function start(
    folder: string,
    mode: 'locked' | 'bare',
    certificates: readonly Certificate[],
    lineages: readonly string[],
  ): Promise<Adder> {
    const pemFile = join(temporaryFolder(), 'certificates.pem');
    writeFileSync(pemFile, certificates.map(({ pem }) => pem).join('\n'));
    const args = ['--import', 'tsx', script, folder, pemFile, mode, ...lineages];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  /** Until the process says that it has added so many. */
  function untilAdded(child: Adder, count: number): Promise<void> {
    let said = '';
    return new Promise((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.split('added').length > count) resolve();
      });
    });
  }

  /** Every generation has the key that was added with it, numbers are without gaps, and nothing is found wanting. */
  function expectWhole(keystore: Keystore): void {
    for (const lineage of keystore.lineages()) {
      const generations = keystore.generations(lineage);
      expect(generations.map(({ number }) => number)).toEqual(generations.map((__, index) => index + 1));
      for (const { keyFile, certificate } of generations) {
        expect(readFileSync(keyFile!, 'utf8')).toContain(certificate.thumbprint);
      }
    }
    // All have one key, because making keys is what takes time.
    const found = keystore.findings().filter(({ id }) => id !== 'keystore-key-shared');
    expect(found.filter(({ severity }) => severity !== 'advice')).toEqual([]);
  }

  it('lose no generation when they add to the same lineage at once, even without the lock', async () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    const shares = [0, 1, 2].map(() => Array.from({ length: 20 }, () => certificateOf()));
    const adding = await Promise.all(shares.map((share) => start(keystore.folder, 'bare', share, [LINEAGE])));
    const ends = adding.map((child) => once(child, 'exit'));
    for (const child of adding) child.stdin.end('go');
    const codes = (await Promise.all(ends)).map(([code]) => code as unknown);
    expect(codes).toEqual([0, 0, 0]);
    expectWhole(keystore);
    const kept = keystore.generations(LINEAGE).map(({ certificate }) => certificate.thumbprint);
    expect(kept.sort()).toEqual(
      shares
        .flat()
        .map(({ thumbprint }) => thumbprint)
        .sort(),
    );
    expect(treeOf(keystore.folder).filter((path) => /(^|\/)\./.test(path))).toEqual([]);
  });

  it('leave whole generations only, however often they are killed', async () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
    const lineages = [LINEAGE, 'contoso/server', 'fabrikam/data-cloud'];
    for (let round = 0; round < 6; round += 1) {
      const certificates = Array.from({ length: 150 }, () => certificateOf());
      const child = await start(keystore.folder, 'bare', certificates, lineages);
      const end = once(child, 'exit');
      const added = untilAdded(child, lineages.length);
      child.stdin.write('go');
      await added;
      await sleep(Math.random() * 40);
      child.kill('SIGKILL');
      await end;
      expectWhole(keystore);
    }
    expect(keystore.lineages()).toEqual(lineages);
    const counts = lineages.map((lineage) => keystore.generations(lineage).length);
    await withKeystoreLock(keystore.folder, () => {
      for (const lineage of lineages) keystore.add(lineage, newGeneration());
    });
    expect(lineages.map((lineage) => keystore.generations(lineage).length)).toEqual(counts.map((count) => count + 1));
    expect(treeOf(keystore.folder).filter((path) => /(^|\/)\./.test(path))).toEqual([]);
    rmSync(keystore.folder, { recursive: true });
  });
});
