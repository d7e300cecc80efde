import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Keystore } from '../../lib/keystore/keystore';
import { configurationOf, removeWorkplaces, Workplace } from '../support/cli';
import { openKeys } from '../support/open-keys';

/** An account that rights count for: root is above them. */
const NOBODY = 65_534;
const CONTOSO = 'contoso/entra-application';
const isRoot = process.getuid?.() === 0;

/** Holds three lineages; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue']);
});

afterAll(removeWorkplaces);

/** A copy that belongs to the account that the command is run as. */
function ownCopy(): Workplace {
  const copy = done.copy();
  const root = dirname(copy.folder);
  if (!isRoot) return copy;
  for (const name of ['', ...readdirSync(root, { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(root, name), NOBODY, NOBODY);
  }
  return copy;
}

function runUnprivileged(workplace: Workplace, args: readonly string[]): ReturnType<Workplace['runProcess']> {
  const account = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  return workplace.runProcess(args, { ...account, env: { HOME: dirname(workplace.folder) } });
}

function withoutAccess(path: string, mode: number): () => void {
  chmodSync(path, mode);
  return () => {
    chmodSync(path, 0o755);
  };
}

describe('vb365 where rights are missing', () => {
  it.each([
    ['a keystore that cannot be written', 'keystore', 0o555, 'issue', 'keystore-unwritable'],
    ['a keystore that cannot be listed', 'keystore', 0o000, 'issue', 'keystore-unreadable'],
    ['a lineage that cannot be listed', 'keystore/primary/rest-api', 0o000, 'issue', 'keystore-unreadable'],
    ['recipients that cannot be read', 'keystore/recipients.txt', 0o000, 'issue', 'recipients-unreadable'],
    ['a keystore that no request can be added to', 'keystore', 0o555, 'request', 'keystore-unwritable'],
    ['a configuration that cannot be read', 'vb365.yaml', 0o000, 'status', 'configuration-file-unreadable'],
    ['an owner that cannot be listed', 'keystore/primary', 0o000, 'status', 'keystore-unreadable'],
    ['a folder that cannot be written', '.', 0o555, 'export', 'output-unwritable'],
    [
      'a sealed key that cannot be read',
      'keystore/contoso/entra-application/0001.key.age',
      0o000,
      'export',
      'keystore-unreadable',
    ],
  ])('fails with its reason for %s, and changes nothing', async (_, path, mode, command, code) => {
    const workplace = ownCopy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const before = Object.keys(workplace.snapshot());
    const restore = withoutAccess(workplace.path(path), mode);
    const lineage = ['export', 'request'].includes(command) ? ['contoso/entra-application'] : [];
    const more = command === 'export' ? ['--generate-password', 'p'] : [];
    const outcome = await runUnprivileged(workplace, [command, ...lineage, ...more]);
    restore();
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\ncure: .*\\n$`));
    expect(Object.keys(workplace.snapshot())).toEqual(before);
  });

  it.each([
    ['renew', [CONTOSO]],
    ['retire', ['--confirmed', CONTOSO]],
    ['reseal', []],
  ])('%s of a lineage that cannot be written leaves it as it was', async (command, args) => {
    const workplace = ownCopy();
    const folder = workplace.path(`keystore/${CONTOSO}`);
    if (command === 'retire') await workplace.run(['renew', CONTOSO]);
    for (const name of readdirSync(folder)) chownSync(join(folder, name), NOBODY, NOBODY);
    const before = workplace.snapshot();
    const restore = withoutAccess(folder, 0o555);
    const { code, stdout, stderr } = await runUnprivileged(workplace, [command, ...args]);
    restore();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error\[keystore-unwritable\] .*: permission denied\ncure: .*\n$/);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('warns of an identity that others can read, and works', async () => {
    const workplace = done.copy();
    chmodSync(workplace.identity, 0o644);
    const { code, stderr } = await workplace.run(['export', 'contoso/entra-application', '--generate-password', 'p']);
    expect(code).toBe(0);
    expect(stderr).toContain('warning[identity-readable-by-others]');
  });
});

describe('vb365 on a full disk', () => {
  const disk = mkdtempSync(join(tmpdir(), 'vb365-full-disk-'));
  const isMounted = isRoot && resize('size=64k', '-t', 'tmpfs', 'tmpfs');
  /** Without the right to mount one, there is no full disk to be had. */
  const itOnDisk = isMounted ? it : it.skip;

  function resize(size: string, ...more: string[]): boolean {
    return spawnSync('mount', ['-o', size, ...more, disk]).status === 0;
  }

  afterAll(() => {
    if (isMounted) spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  itOnDisk('stops with what is whole, and goes on once there is room', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `organization-${index}`);
    const workplace = new Workplace(`keystore: ${disk}/keystore\n${configurationOf(...names)}`);
    const stopped = await workplace.run(['issue']);
    expect(stopped.code).toBe(2);
    expect(stopped.stderr).toMatch(/error\[keystore-unwritable\] .*: the disk is full\ncure: free some space .*\n$/);

    const keystore = new Keystore(join(disk, 'keystore'));
    const kept = keystore.lineages();
    expect(stopped.stdout.match(/^issued .*$/gm)).toEqual(kept.map((lineage) => `issued ${lineage} 0001`));
    expect(await openKeys(keystore, workplace.identity)).toHaveLength(kept.length);
    expect(keystore.findings()).toEqual([]);
    expect(readdirSync(keystore.folder).filter((name) => name.startsWith('.'))).toEqual([]);

    expect(resize('remount,size=4m')).toBe(true);
    const { code, stdout } = await workplace.run(['issue']);
    expect(code).toBe(0);
    expect(stdout.match(/^issued /gm)).toHaveLength(14 - kept.length);
  });

  itOnDisk('renews and reseals all or nothing', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `keystore: ${disk}/full\n${configurationOf('contoso')}`);
    cpSync(workplace.path('keystore'), `${disk}/full`, { recursive: true });
    spawnSync('dd', ['if=/dev/zero', `of=${disk}/filler`, 'bs=4k']);
    const keystore = new Keystore(`${disk}/full`);
    const before = readdirSync(disk, { recursive: true, encoding: 'utf8' });
    for (const args of [['renew', '--all'], ['reseal']]) {
      const { code, stdout, stderr } = await workplace.run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error\[keystore-unwritable\] .*: the disk is full\ncure: free some space .*\n$/);
      expect(readdirSync(disk, { recursive: true, encoding: 'utf8' })).toEqual(before);
      expect(await openKeys(keystore, workplace.identity)).toHaveLength(3);
    }
    rmSync(`${disk}/filler`);
    expect(resize('remount,ro')).toBe(true);
    for (const args of [['renew', '--all'], ['reseal'], ['audit']]) {
      const { code, stderr } = await workplace.run(args);
      expect({ args, code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^error\[keystore-unwritable\] .*\ncure: /) as unknown,
      });
    }
    expect(resize('remount,rw')).toBe(true);
    expect((await workplace.run(['reseal'])).code).toBe(0);
    rmSync(`${disk}/full`, { recursive: true });
  });

  itOnDisk('exports neither PFX nor password', async () => {
    const workplace = done.copy();
    spawnSync('dd', ['if=/dev/zero', `of=${disk}/filler`, 'bs=64k', 'count=128']);
    const outputs = ['--out', `${disk}/x.pfx`, '--generate-password', `${disk}/password`];
    const { code, stderr } = await workplace.run(['export', 'contoso/entra-application', ...outputs]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[output-unwritable\] .*: the disk is full\ncure: .*\n$/);
    expect(readdirSync(disk).filter((name) => name !== 'keystore')).toEqual(['filler']);
  });
});
