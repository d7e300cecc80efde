import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ended } from '../support/cli';
import { endToEnd } from '../e2e/end-to-end';

const TSX = require.resolve('tsx');
const DEMO = resolve(__dirname, '../../demo/index.ts');

/** Passwords that are made on the way have 32 characters; thumbprints and ids are what else is as long. */
const LONG_WORD = /[\w-]{32,}/g;
const PUBLIC_WORD = /^(?:[0-9A-F]{40}|[0-9A-F]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where `/proc` tells of processes. */
const itOnLinux = process.platform === 'linux' ? it : it.skip;

let root: string;
const demos: ChildProcess[] = [];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vb365-demo-test-'));
});

afterAll(() => {
  // Those that outlast their test would hold up whatever comes after; interrupted, they end what they have started.
  for (const child of demos) child.kill('SIGINT');
  rmSync(root, { recursive: true, force: true });
});

endToEnd('the demo', () => {
  let output: string;
  let code: number | null;
  let folder: string;

  beforeAll(async () => {
    const demo = start('whole');
    folder = demo.folder;
    code = await ended(demo.child);
    output = demo.output();
  });

  it('ends well, and leaves nothing in the temporary folder', () => {
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(leftIn(folder)).toEqual([]);
  });

  it('goes through its steps in order, each with the time it took', () => {
    const steps = [...output.matchAll(/^\[(\d)\/8\] \S.* … {2}\d+\.\d s$/gm)].map(([, number]) => Number(number));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('shows four applications sign in, then both certificates of the one that is renewed', () => {
    const signedIn = [...output.matchAll(/^ +(\S+(?: \d{4})?) +signed in$/gm)].map(([, who]) => who);
    expect(signedIn).toEqual([
      'primary/restore-portal',
      'contoso/entra-application',
      'northwind/entra-application',
      'fabrikam/data-cloud',
      'contoso/entra-application 0001',
      'contoso/entra-application 0002',
    ]);
  });

  it('shows a reviewer one certificate more, and what Entra says of an expired and of an unknown one', () => {
    expect(output).toContain('1 to add, 0 to change, 0 to destroy');
    expect(output.match(/AADSTS700027/g)).toHaveLength(2);
    expect(output).toContain('The key used is expired.');
    expect(output).toContain('The key was not found.');
  });

  it('shows no secret', () => {
    const words = output.match(LONG_WORD) ?? [];
    expect(words).not.toEqual([]);
    expect(words.filter((word) => !PUBLIC_WORD.test(word))).toEqual([]);
    expect(output).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY|ey[JK][\w-]+\./);
  });
});

endToEnd('the demo, interrupted while it deploys', () => {
  itOnLinux('says so, and leaves neither files nor processes', async () => {
    const demo = start('interrupted');
    await until(demo, () => isDeploying(demo.folder));
    expect(processesOf(demo.folder)).toContainEqual(expect.stringContaining('terraform'));
    demo.child.kill('SIGINT');

    expect(await ended(demo.child)).toBe(130);
    expect(demo.output()).toContain('Interrupted; nothing is left behind.');
    // Terraform runs in a pseudo-terminal of cdktf's, and ends a moment after that has gone.
    while (processesOf(demo.folder).length > 0) await after(50);
    expect(leftIn(demo.folder)).toEqual([]);
  });
});

describe('the demo, where a step fails', () => {
  it('says which step and why, ends with 1, and leaves nothing', async () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    // It finds the provider, and puts a folder where the configuration goes.
    writeFileSync(join(bin, 'terraform'), '#!/bin/sh\nmkdir ../repository/vb365.yaml\n', { mode: 0o755 });
    const demo = start('failing', { PATH: `${bin}:${process.env.PATH ?? ''}` });

    expect(await ended(demo.child)).toBe(1);
    expect(demo.output()).toMatch(/^\[2\/8\] .* failed$/m);
    expect(demo.output()).toMatch(/error\[[\w-]+\].*vb365\.yaml/);
    expect(leftIn(demo.folder)).toEqual([]);
  });
});

describe('the demo, where there is no terraform', () => {
  it('says so at once and ends with 2', async () => {
    const demo = start('without', { PATH: join(root, 'empty') });

    expect(await ended(demo.child)).toBe(2);
    expect(demo.output()).toContain('The demo cannot run here: there is no terraform in your PATH');
    expect(demo.output()).not.toContain('[1/8]');
    expect(leftIn(demo.folder)).toEqual([]);
  });
});

interface Demo {
  readonly child: ChildProcess;
  /** Where it may leave things. */
  readonly folder: string;
  /** What it has said so far. */
  readonly output: () => string;
}

function start(name: string, environment: Readonly<Record<string, string>> = {}): Demo {
  const folder = join(root, name);
  mkdirSync(folder);
  const env = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', TMPDIR: folder, ...environment };
  const child = spawn(process.execPath, ['--import', TSX, DEMO], { env });
  demos.push(child);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
  return { child, folder, output: () => said.join('') };
}

/** What a demo has left; the loader that started it keeps a cache of its own. */
function leftIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('tsx-'));
}

async function until({ child, output }: Demo, condition: () => boolean): Promise<void> {
  while (!condition()) {
    if (child.exitCode !== null) throw new Error(`the demo has ended: ${output()}`);
    await after(50);
  }
}

/** Whether Terraform has begun to work on a stack. */
function isDeploying(folder: string): boolean {
  return readdirSync(folder).some((name) =>
    existsSync(join(folder, name, 'repository', 'cdktf.out', 'stacks', 'contoso', '.terraform')),
  );
}

/** Command lines of the processes that were given a folder for what is temporary. */
function processesOf(folder: string): string[] {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(join('/proc', pid, file), 'utf8').replaceAll('\0', ' ');
    } catch {
      // It has ended meanwhile.
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && read(name, 'environ').includes(`TMPDIR=${folder}`))
    .map((pid) => read(pid, 'cmdline'));
}
