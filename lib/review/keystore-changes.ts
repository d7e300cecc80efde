import type { LineageDeclaration } from '../config/lineages';
import { checkAttestations, type Opening } from '../keystore/attestation/check-attestations';
import { readAttested } from '../keystore/attestation/read-attested';
import { parseRecipientList } from '../keystore/attestation/signers';
import type { Generation, Keystore } from '../keystore/keystore';
import { newRecipients, type RecipientChanges } from '../keystore/sealing/recipient-changes';
import { followsPredecessor, type SuccessionComplaint } from '../lifecycle/succession/follows-predecessor';
import { newGenerationsOf } from '../lifecycle/succession/new-generations';
import { visible } from '../words/visible';
import { readKeystoreText } from '../system/read-file';

/** A generation that the protected branch does not have. */
export interface JudgedGeneration {
  readonly generation: Generation;
  /** In which way it is not the successor that it seems to be. */
  readonly complaints: readonly SuccessionComplaint[];
  /** Who has opened its key, by the signers of the protected branch. */
  readonly opening: Opening;
}

/** What a change does to the keystore. */
export interface KeystoreChanges {
  readonly generations: readonly JudgedGeneration[];
  readonly recipients: RecipientChanges;
}

/** One of the two keystores that are compared. */
export interface ComparedKeystore {
  /** Undefined where there is none. */
  readonly keystore: Keystore | undefined;
  readonly declarations: readonly LineageDeclaration[];
}

/**
 * What a keystore has that another one does not. Signers are those of the base, and so is the policy of a lineage that it
 * declares: a change must not decide by what it is judged.
 *
 * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`
 */
export function keystoreChanges(base: ComparedKeystore, head: ComparedKeystore, at: Date): KeystoreChanges {
  const [before, after] = [recipientsOf(base.keystore), recipientsOf(head.keystore)];
  const { signers } = parseRecipientList(before ?? '');
  const declared = new Map(head.declarations.map((declaration) => [declaration.name, declaration]));
  const policies = new Map(base.declarations.map(({ name, policy }) => [name, policy]));
  const added = head.keystore === undefined ? [] : newGenerationsOf(base.keystore, head.keystore);
  return {
    generations: added.map((one) => {
      const { generation } = one;
      const own = declared.get(generation.lineage);
      const declaration = own && { ...own, policy: policies.get(own.name) ?? own.policy };
      const text = readKeystoreText(generation.certificateFile);
      return {
        generation,
        // A keystore that comes as a whole follows nothing.
        complaints: base.keystore === undefined ? [] : followsPredecessor(one, { declaration, text, at }),
        opening: openingOf(generation, signers),
      };
    }),
    recipients: newRecipients(before, after),
  };
}

/**
 * Whether somebody has opened the key of a generation that a branch has, by its own signers: then it was in use, or about to be.
 *
 * @param keystore of the branch; undefined where it has none
 * @returns asks for one generation, when it is called
 * @throws Vb365Error when called: `keystore-not-a-folder`, `keystore-unreadable`
 */
export function openedIn(keystore: Keystore | undefined): (generation: Generation) => boolean {
  return ({ certificate, lineage }) => {
    const kept = keystore
      ?.generations(lineage)
      .find((generation) => generation.certificate.thumbprintSha256 === certificate.thumbprintSha256);
    if (keystore === undefined || kept === undefined) return false;
    const { signers } = parseRecipientList(recipientsOf(keystore) ?? '');
    return ['opened', 'resealed'].includes(openingOf(kept, signers).kind);
  };
}

function openingOf(generation: Generation, signers: Parameters<typeof checkAttestations>[1]): Opening {
  try {
    return checkAttestations([readAttested(generation)], signers)[0]?.opening ?? { kind: 'unopened' };
  } catch (error) {
    // What cannot be read was not opened either; the keystore's own findings say why.
    return {
      kind: 'invalid',
      reason: `cannot be read: ${visible(error instanceof Error ? error.message : String(error))}`,
    };
  }
}

function recipientsOf(keystore: Keystore | undefined): string | undefined {
  try {
    return keystore && readKeystoreText(keystore.recipientsFile);
  } catch {
    return undefined;
  }
}
