import { parseRecipientList, type Signer } from '../attestation/signers';

/** How two versions of `recipients.txt` differ. */
export interface RecipientChanges {
  /** `age1…`: whoever opens what is sealed from now on. What is malformed among them, as it is. */
  readonly added: readonly string[];
  /** `age1…`: whoever opens nothing that is sealed from now on, and keeps what they have. */
  readonly removed: readonly string[];
  /** Whose signatures count from now on; one that has another name, too. */
  readonly addedSigners: readonly Signer[];
  /** Whose signatures count no longer. */
  readonly removedSigners: readonly Signer[];
}

/**
 * Compares two versions of the list of recipients. A pure function; nothing is judged.
 *
 * @param base text of the earlier version; undefined where there was none, so that everybody is new
 * @param head text of the later version; undefined where it is gone
 */
export function newRecipients(base: string | undefined, head: string | undefined): RecipientChanges {
  const [before, after] = [parseRecipientList(base ?? ''), parseRecipientList(head ?? '')];
  const lacking = (list: readonly Signer[], signer: Signer): boolean => !list.some((other) => isSame(signer, other));
  return {
    added: after.recipients.filter((recipient) => !before.recipients.includes(recipient)),
    removed: before.recipients.filter((recipient) => !after.recipients.includes(recipient)),
    addedSigners: after.signers.filter((signer) => lacking(before.signers, signer)),
    removedSigners: before.signers.filter((signer) => lacking(after.signers, signer)),
  };
}

function isSame(one: Signer, other: Signer): boolean {
  return one.signer === other.signer && one.recipient === other.recipient && one.name === other.name;
}
