import { errnoOf } from './durable-files';

/** For a process that is started: it and all that it starts can be ended together. Windows has no such groups. */
export const OWN_GROUP = { detached: process.platform !== 'win32' };

/** Sends a signal to a process of `OWN_GROUP` and to all that it has started; nothing happens where they have ended. */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined || pid === 0) return;
  try {
    process.kill(OWN_GROUP.detached ? -pid : pid, signal);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes(errnoOf(error) ?? '')) throw error;
  }
}
