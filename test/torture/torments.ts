import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hasFaketime } from '../support/clock';
import type { Dice } from './dice';
import { CONTOSO, type Ended, type Victim } from './victim';

/** What was done to a keystore, and which commands ran meanwhile. */
export interface Torment {
  /** For the table of figures. */
  readonly name: string;
  readonly ends: readonly Ended[];
  /** Whether the torment itself has damaged files, so that the laws hold once they are mended. @default false */
  readonly damages?: boolean;
}

export type Torturer = (victim: Victim, dice: Dice) => Promise<Torment>;

/** In turn: each gets its share of the rounds. */
export const torturers: readonly Torturer[] = [kill, fault, clock, hostile, kill, fault, clock, hostile, kill, crowd];

/** One that writes, killed at some moment; sometimes the next one too. */
async function kill(victim: Victim, dice: Dice): Promise<Torment> {
  const ends: Ended[] = [];
  for (let times = 1 + dice.below(2); times > 0; times -= 1) {
    const hasLock = dice.roll() < 0.7;
    const delay = dice.below(hasLock ? 300 : 600);
    const meanwhile = async (end: () => void): Promise<void> => {
      const began = performance.now();
      while (hasLock && !existsSync(victim.path('.lock')) && performance.now() - began < 5_000) await wait(1);
      await wait(delay);
      end();
    };
    ends.push(await victim.run(dice.pick(victim.commands), { meanwhile }));
  }
  return { name: 'kill', ends };
}

const FAULTS: readonly Torturer[] = [fullDisk, readOnly, fileRemoved, fileTruncated];

async function fault(victim: Victim, dice: Dice): Promise<Torment> {
  return dice.pick(FAULTS)(victim, dice);
}

async function fullDisk(victim: Victim, dice: Dice): Promise<Torment> {
  const room = dice.below(40);
  return onDisk(victim, 'full disk', `size=${sizeOf(victim.keystore.folder) + 4 * room}k`, dice);
}

async function readOnly(victim: Victim, dice: Dice): Promise<Torment> {
  return onDisk(victim, 'read-only disk', 'ro', dice);
}

/** The keystore on a file system of its own, as far as this machine lets us; else the command runs as it is. */
async function onDisk(victim: Victim, name: string, option: string, dice: Dice): Promise<Torment> {
  const { folder } = victim.keystore;
  const aside = `${folder}.aside`;
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', option === 'ro' ? 'size=8m' : option, 'tmpfs', folder]);
  if (mount.status !== 0)
    return { name: `${name} (not possible here)`, ends: [await victim.run(dice.pick(victim.commands))] };
  try {
    victim.git('checkout', 'HEAD', '--', 'keystore');
    if (option === 'ro') execFileSync('mount', ['-o', 'remount,ro', folder]);
    const ends = [await victim.run(dice.pick(victim.commands)), await victim.run(dice.pick(victim.commands))];
    cpSync(folder, aside, { recursive: true });
    return { name, ends };
  } finally {
    execFileSync('umount', [folder]);
    if (existsSync(aside)) {
      rmSync(folder, { recursive: true });
      renameSync(aside, folder);
    }
  }
}

/** KiB, each file in pages. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stats) => sum + 4 * (stats.isFile() ? Math.ceil(stats.size / 4_096) : 1), 4);
}

async function fileRemoved(victim: Victim, dice: Dice): Promise<Torment> {
  const file = dice.pick(filesOf(victim));
  const meanwhile = async (): Promise<void> => {
    await wait(dice.below(500));
    rmSync(file, { force: true });
  };
  return { name: 'file removed', ends: [await victim.run(dice.pick(victim.commands), { meanwhile })], damages: true };
}

async function fileTruncated(victim: Victim, dice: Dice): Promise<Torment> {
  const file = dice.pick(filesOf(victim));
  truncateSync(file, dice.below(statSync(file).size));
  const ends = [await victim.run(dice.pick(victim.commands))];
  return { name: 'file cut off', ends, damages: true };
}

/** Days and years, before and after. */
const OFFSETS = [-400, -200, -30, -1, -0.01, 0.01, 2, 40, 400, 1_000, 3_000, 3_600, 4_000, 26_000];

/** A process whose clock is wrong. */
async function clock(victim: Victim, dice: Dice): Promise<Torment> {
  const ends: Ended[] = [];
  const date = new Date(Date.now() + dice.pick(OFFSETS) * 86_400_000).toISOString();
  for (let times = 1 + dice.below(2); times > 0; times -= 1) {
    const args = dice.pick(victim.commands);
    const takesDate = !['reseal'].includes(args[0] ?? '') && !args.includes('--cancel');
    if (hasFaketime) ends.push(await victim.run(args, { wrapper: ['faketime', date.replace('T', ' ').slice(0, 19)] }));
    else ends.push(await victim.run([...args, ...(takesDate ? ['--at', date] : [])]));
  }
  return { name: 'wrong clock', ends };
}

type Planting = (victim: Victim, dice: Dice) => void;

/** Whatever may come in by a pull request, an archive or a hand that slips. */
const PLANTINGS: readonly Planting[] = [
  (victim, dice) => {
    fifo(victim.path(CONTOSO, dice.pick(['0003.crt', '0003.key.age', 'request.csr', 'request.key.age'])));
  },
  (victim) => {
    fifo(victim.path('recipients.txt'));
  },
  (victim) => {
    mkdirSync(victim.path('.lock'));
    fifo(victim.path('.lock', '0123456789abcdef.json'));
  },
  (victim) => {
    writeFileSync(victim.path('.lock'), '');
  },
  (victim) => {
    mkdirSync(victim.path(CONTOSO, '0003.crt'));
  },
  (victim) => {
    symlinkSync('/dev/zero', victim.path(CONTOSO, '0003.crt'));
  },
  (victim) => {
    renameSync(victim.path(CONTOSO), victim.path('contoso', 'moved'));
    symlinkSync('moved', victim.path(CONTOSO));
  },
  (victim) => {
    writeFileSync(victim.path(CONTOSO, '0003.crt'), '');
    truncateSync(victim.path(CONTOSO, '0003.crt'), 3_000_000_000);
  },
  (victim) => {
    writeFileSync(victim.path(CONTOSO, '0003\u001b[31m\n.crt'), '');
    mkdirSync(victim.path('\u202econtoso'));
  },
  (victim, dice) => {
    const file = dice.pick(filesOf(victim));
    const text = '<<<<<<< HEAD\none\n=======\nother\n>>>>>>> branch\n';
    writeFileSync(file, text);
  },
  (victim) => {
    writeFileSync(victim.path(CONTOSO, '0002.crt'), 'Added: 9999-12-31T23:59:59Z\n', { flag: 'a' });
  },
  (victim) => {
    mkdirSync(victim.path(CONTOSO, '.retired-0001', 'inner'), { recursive: true });
    mkdirSync(victim.path(CONTOSO, '.0003-0123456789abcdef'));
    mkdirSync(victim.path('.staging-0123456789abcdef', 'inner'), { recursive: true });
  },
];

async function hostile(victim: Victim, dice: Dice): Promise<Torment> {
  dice.pick(PLANTINGS)(victim, dice);
  return { name: 'hostile entry', ends: [await victim.run(dice.pick(victim.commands))], damages: true };
}

function fifo(path: string): void {
  rmSync(path, { force: true });
  execFileSync('mkfifo', [path]);
}

async function crowd(victim: Victim, dice: Dice): Promise<Torment> {
  const commands = Array.from({ length: 8 }, () => dice.pick(victim.commands));
  return { name: 'eight at once', ends: await Promise.all(commands.map((args) => victim.run(args))) };
}

/** Certificates and keys that are there. */
function filesOf({ keystore }: Victim): string[] {
  return readdirSync(keystore.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:crt|age|csr)$/.test(name))
    .map((name) => join(keystore.folder, name));
}
