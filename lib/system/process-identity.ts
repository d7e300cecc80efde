import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { errnoOf } from './durable-files';

/** A process, as others can look for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Name of its account; empty where the system knows none. */
  readonly user: string;
  readonly host: string;
  /** Of Linux: this start of the machine and its table of processes. Containers share a host name or a pid, and not this. */
  readonly table?: string | undefined;
  /** Of Linux: when it started, in ticks since the machine did. A pid is given again to others. */
  readonly started?: string | undefined;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, user: userName(), host: hostname(), table: processTable(), started: startOf(process.pid) };
}

/**
 * Whether a process lives; undefined where that cannot be known from here: it is of another host or container, or its number is
 * in use and the system (Windows, macOS) does not say by whom.
 */
export function isAlive({ pid, host, table, started }: ProcessIdentity): boolean | undefined {
  if (host !== hostname() || table !== processTable()) return undefined;
  if (!hasProcess(pid) || fieldOf(pid, STATE) === ZOMBIE) return false;
  const start = startOf(pid);
  return start === undefined || started === undefined ? undefined : start === started;
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another account's.
    return errnoOf(error) !== 'ESRCH';
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In containers, an account need not have a name.
    return '';
  }
}

function processTable(): string | undefined {
  return fromLinux(() => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  });
}

/** Fields of `/proc/<pid>/stat` (proc(5)), from 1. */
const STATE = 3;
const START_TIME = 22;
/** It has ended, and nobody has asked how. */
const ZOMBIE = 'Z';

function startOf(pid: number): string | undefined {
  return fieldOf(pid, START_TIME);
}

/** @param field from 3: the second is the name of the program, which may hold anything */
function fieldOf(pid: number, field: number): string | undefined {
  return fromLinux(() => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[field - STATE];
  });
}

/** Undefined on other systems, and where this one hides it. */
function fromLinux<T>(read: () => T): T | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return read();
  } catch {
    return undefined;
  }
}
