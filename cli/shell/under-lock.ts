import type { Keystore } from '../../lib/keystore/keystore';
import type { KeystoreLock } from '../../lib/keystore/lock';
import { printNote, type Terminal, WAITING } from './terminal';

/**
 * Runs the work while no other command writes to the keystore, and tells whoever has to wait.
 *
 * @throws Vb365Error `keystore-locked`, `keystore-unwritable`; and whatever the work throws
 */
export async function underLock<T>(
  terminal: Terminal,
  keystore: Keystore,
  work: (lock: KeystoreLock) => T | Promise<T>,
): Promise<T> {
  const { withKeystoreLock } = await import('../../lib/keystore/lock.js');
  return withKeystoreLock(keystore.folder, work, {
    onWait: () => {
      printNote(terminal, WAITING);
    },
  });
}
