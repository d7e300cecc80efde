import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { Vb365Error } from '../errors';
import { childEnvironment } from './child-environment';
import { errnoOf } from './durable-files';
import { endGroup, OWN_GROUP } from './process-group';

/** More than a keystore of a hundred thousand certificates. */
const MOST_BYTES = 2 ** 30;

/** Milliseconds: of a large repository on a slow disk, Git lists the files in one. */
const TIMEOUT = 300_000;

/**
 * Runs `git` in a folder, and waits for it.
 *
 * @param timeout milliseconds after which it is ended, with all that it has started
 * @throws Vb365Error `git-missing`, `git-failed`, `git-timed-out`
 */
export function runGit(
  folder: string,
  args: readonly string[],
  input: string | Buffer = '',
  timeout = TIMEOUT,
): Buffer {
  const options: SpawnSyncOptions & typeof OWN_GROUP = {
    input,
    timeout,
    // Messages of Git stand in ours, which are English; nobody is there to be asked for a password.
    env: { ...childEnvironment(process.env), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
    maxBuffer: MOST_BYTES,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    killSignal: 'SIGKILL',
    ...OWN_GROUP,
  };
  const { error, pid, status, stderr, stdout } = spawnSync('git', ['-C', folder, ...args], options);
  if (error === undefined && status === 0) return Buffer.from(stdout);
  if (errnoOf(error) === 'ETIMEDOUT') {
    endGroup(pid, 'SIGKILL');
    throw timedOut(folder, args, timeout);
  }
  throw errnoOf(error) === 'ENOENT' ? missing(error) : failed(stderr.toString(), error);
}

function missing(cause: unknown): Vb365Error {
  return new Vb365Error('git-missing', {
    message: 'there is no program git on this machine',
    cure: 'install Git (https://git-scm.com), or use an image of the CI system that has it',
    cause,
  });
}

function failed(complaint: string, cause: unknown): Vb365Error {
  const [line = ''] = complaint.trim().split('\n');
  return gitFailed(line === '' ? 'git ended without saying why' : `git says "${line}"`, cause);
}

export function gitFailed(message: string, cause?: unknown): Vb365Error {
  return new Vb365Error('git-failed', {
    message,
    cure: 'run "git fsck" and "git fetch" in the repository, and the command again',
    cause,
  });
}

function timedOut(folder: string, [command = '', ...rest]: readonly string[], timeout: number): Vb365Error {
  const call = ['git', command, ...rest].join(' ');
  return new Vb365Error('git-timed-out', {
    subject: folder,
    message: `"${call}" has not ended in ${folder} within ${Math.round(timeout / 1_000)} seconds, and was ended`,
    cure: `run "${call}" there to see what it waits for, and the command again`,
  });
}
