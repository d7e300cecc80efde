import type { ErrorCode } from '../../lib/error-codes';
import { Vb365Error } from '../../lib/errors';
import type { Finding } from '../../lib/findings';
import { listOwnSigner } from '../../lib/keystore/attestation/own-signer';
import { signerLine } from '../../lib/keystore/attestation/signers';
import { signingKeyOf } from '../../lib/keystore/attestation/signing-key';
import { createIdentity, type Identities, readIdentities } from '../../lib/keystore/sealing/identity';
import type { Keystore } from '../../lib/keystore/keystore';
import { lineageFolders } from '../../lib/keystore/listing';
import { readRecipients, writeRecipients } from '../../lib/keystore/sealing/recipients';
import { sealedKeysOf } from '../../lib/keystore/sealing/sealed-keys';
import { Sealer } from '../../lib/keystore/sealing/sealing';
import { identityPath } from './identity-path';
import { tellNewRecipients } from './new-recipients';
import { pathFrom } from '../../lib/words/printable';
import { isContinuousIntegration, printFindings, printNote, printResult, type Terminal } from '../shell/terminal';
import { isThere } from '../../lib/system/look';

/**
 * What makes a sealer for the recipients that the keystore lists then: to be called under its lock, as somebody may change
 * the list while a command waits. What is wrong with the list is found at once. At a workstation, an identity and the list of recipients are made where
 * there are none, because a first `cdktf deploy` shall need nothing else; a keystore that has keys keeps its recipients.
 *
 * @throws Vb365Error `recipients-missing`, `recipients-invalid`, and what `createIdentity` throws.
 */
export async function prepareSealer(terminal: Terminal, keystore: Keystore, at: Date): Promise<() => Promise<Sealer>> {
  if (isFirstUse(keystore) && !isContinuousIntegration(terminal.env)) await prepareRecipients(terminal, keystore, at);
  await readRecipients(keystore.recipientsFile);
  tellNewRecipients(terminal, keystore);
  return async () => Sealer.create(await readRecipients(keystore.recipientsFile));
}

/**
 * What `prepareSealer` would do and say, without making anything.
 *
 * @throws Vb365Error `recipients-missing`, `recipients-invalid`
 */
export async function rehearseSealer(terminal: Terminal, keystore: Keystore): Promise<void> {
  if (!isFirstUse(keystore) || isContinuousIntegration(terminal.env)) {
    await readRecipients(keystore.recipientsFile);
    return;
  }
  const identity = await identityPath(terminal);
  if (!isThere(identity)) printResult(terminal, `would make your identity ${identity}`);
  printResult(terminal, `would make the list of recipients ${pathFrom(terminal.cwd(), keystore.recipientsFile)}`);
}

/**
 * Makes the identity and the list of recipients where there are none, and says where they are.
 *
 * @returns whether anything was made
 */
export async function prepareRecipients(terminal: Terminal, keystore: Keystore, at: Date): Promise<boolean> {
  const { madeIdentity, identities } = await ownIdentities(terminal, at);
  const own = identities.recipients;
  const file = keystore.recipientsFile;
  if (!isThere(file)) {
    writeRecipients(file, own.slice(0, 1));
    listOwnSigner(file, identities);
    const shown = pathFrom(terminal.cwd(), file);
    printResult(terminal, `Made the list of recipients ${shown}: private keys are sealed to them.`);
    return true;
  }
  const listed = await readRecipients(file);
  if (own.some((recipient) => listed.includes(recipient))) return madeIdentity;
  const [identity = ''] = identities.identities;
  const [recipient = ''] = own;
  printNote(
    terminal,
    `Your identity opens no private key of this keystore: add ${recipient} to ${pathFrom(terminal.cwd(), file)}, with the line "${signerLine(signingKeyOf(identity), recipient)}" above it, and let somebody who opens them run "vb365 reseal".`,
  );
  return madeIdentity;
}

/** A keystore that has keys keeps its recipients, also where a request that waits has the only one. */
function isFirstUse(keystore: Keystore): boolean {
  if (isThere(keystore.recipientsFile) || keystore.lineages().length > 0) return false;
  return lineageFolders(keystore.folder).every((lineage) => sealedKeysOf(keystore.folder, lineage).length === 0);
}

interface OwnIdentities {
  readonly identities: Identities;
  readonly madeIdentity: boolean;
}

/** The identities at hand; one is made where there is none. */
async function ownIdentities(terminal: Terminal, at: Date): Promise<OwnIdentities> {
  const file = await identityPath(terminal);
  const madeIdentity = !isThere(file);
  if (madeIdentity) await makeIdentity(terminal, file, at);
  const identities = await readIdentities(file);
  printFindings(terminal, identities.findings);
  return { identities, madeIdentity };
}

async function makeIdentity(terminal: Terminal, file: string, at: Date): Promise<void> {
  try {
    await createIdentity(file, at);
    const advice = 'Keep a copy in a safe place, never in Git.';
    printResult(terminal, `Made your identity ${file}: it opens the private keys. ${advice}`);
    if (isContinuousIntegration(terminal.env)) printFindings(terminal, [madeInCi(file)]);
  } catch (error) {
    // Another command that began at the same time was faster: its identity is as good.
    if (!(error instanceof Vb365Error) || error.code !== 'identity-exists') throw error;
  }
}

function madeInCi(file: string): Finding {
  const id: ErrorCode = 'identity-made-in-ci';
  return {
    id,
    severity: 'warning',
    subject: file,
    message: `the identity ${file} was made on this machine, and CI is set: private keys sealed to it are lost with the machine`,
    cure: 'where certificates shall last, run "vb365 init" at a workstation and commit recipients.txt',
  };
}
