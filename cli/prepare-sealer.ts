import { existsSync } from 'node:fs';
import { Vb365Error } from '../lib/errors';
import { createIdentity, readIdentities } from '../lib/keystore/identity';
import type { Keystore } from '../lib/keystore/keystore';
import { readRecipients, writeRecipients } from '../lib/keystore/recipients';
import { Sealer } from '../lib/keystore/sealing';
import { identityPath } from './identity-path';
import { pathFrom } from './printable';
import { isContinuousIntegration, printFindings, printNote, type Terminal } from './terminal';

/**
 * A sealer for the recipients of the keystore. At a workstation, an identity and the list of recipients are made where
 * there are none, because a first `cdktf deploy` shall need nothing else; a keystore that has keys keeps its recipients.
 *
 * @throws Vb365Error `recipients-missing`, `recipients-invalid`, and what `createIdentity` throws.
 */
export async function prepareSealer(terminal: Terminal, keystore: Keystore, at: Date): Promise<Sealer> {
  const isFirst = !existsSync(keystore.recipientsFile) && keystore.lineages().length === 0;
  if (isFirst && !isContinuousIntegration(terminal.env)) await prepareRecipients(terminal, keystore, at);
  return Sealer.create(await readRecipients(keystore.recipientsFile));
}

/** Makes the identity and the list of recipients where there are none, and says where they are. */
export async function prepareRecipients(terminal: Terminal, keystore: Keystore, at: Date): Promise<void> {
  const own = await ownRecipients(terminal, at);
  const file = keystore.recipientsFile;
  if (!existsSync(file)) {
    writeRecipients(file, own.slice(0, 1));
    printNote(
      terminal,
      `Made the list of recipients ${pathFrom(terminal.cwd(), file)}: private keys are sealed to them.`,
    );
    return;
  }
  const listed = await readRecipients(file);
  if (own.some((recipient) => listed.includes(recipient))) return;
  printNote(
    terminal,
    `Your identity opens no private key of this keystore: add ${own[0] ?? ''} to ${pathFrom(terminal.cwd(), file)}, and those that are issued from then on are sealed to you too.`,
  );
}

/** Of the identity at hand, which is made where there is none. */
async function ownRecipients(terminal: Terminal, at: Date): Promise<readonly string[]> {
  const file = await identityPath(terminal);
  if (!existsSync(file)) await makeIdentity(terminal, file, at);
  const { findings, recipients } = await readIdentities(file);
  printFindings(terminal, findings);
  return recipients;
}

async function makeIdentity(terminal: Terminal, file: string, at: Date): Promise<void> {
  try {
    await createIdentity(file, at);
    printNote(
      terminal,
      `Made your identity ${file}: it opens the private keys. Keep a copy in a safe place, never in Git.`,
    );
  } catch (error) {
    // Another command that began at the same time was faster: its identity is as good.
    if (!(error instanceof Vb365Error) || error.code !== 'identity-exists') throw error;
  }
}
