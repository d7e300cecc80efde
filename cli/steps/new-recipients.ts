import type { Keystore } from '../../lib/keystore/keystore';
import { judgeUnsealedRecipients } from '../../lib/keystore/sealing/unsealed-recipients';
import { printFindings, type Terminal } from '../shell/terminal';

/**
 * Says before something is sealed whom it is sealed to, where that differs from what the newest keys are sealed to.
 *
 * @param lineages whose keys are compared. @default all of the keystore
 */
export function tellNewRecipients(terminal: Terminal, keystore: Keystore, lineages?: readonly string[]): void {
  printFindings(terminal, judgeUnsealedRecipients(keystore.folder, lineages ?? keystore.lineages()));
}
