import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder, withFileErrors, writeDurably } from '../../system/durable-files';
import type { Identities } from '../sealing/identity';
import { readRecipientText } from '../sealing/recipients';
import { parseRecipientList, signerLine } from './signers';
import { type SigningKey, signingKeyOf } from './signing-key';

/**
 * How the identities at hand stand in a list of recipients. `listed`: the list has the signer of one. `missing`: it has the
 * recipient of one, and no signer of it. `replaced`: it names another signer for that recipient, which only somebody else can
 * have written. `unlisted`: it has none of their recipients.
 */
export type OwnSigner =
  | {
      readonly kind: 'listed' | 'missing' | 'replaced';
      readonly key: SigningKey;
      /** `age1…` */
      readonly recipient: string;
    }
  | { readonly kind: 'unlisted' };

/** @param text of `recipients.txt` */
export function findOwnSigner({ identities, recipients: own }: Identities, text: string): OwnSigner {
  const { recipients, signers } = parseRecipientList(text);
  const found = identities.flatMap((identity, index) => {
    const recipient = own[index] ?? '';
    if (!recipients.includes(recipient)) return [];
    const key = signingKeyOf(identity);
    const listed = signers.filter((signer) => signer.recipient === recipient);
    const isListed = listed.some(({ signer }) => signer === key.signer);
    const kind = isListed ? ('listed' as const) : listed.length > 0 ? ('replaced' as const) : ('missing' as const);
    return [{ kind, key, recipient }];
  });
  return found.find(({ kind }) => kind === 'listed') ?? found[0] ?? { kind: 'unlisted' };
}

/**
 * Writes the signer of an own identity into a list of recipients where that has its recipient and no signer of it. Whoever
 * kills the process finds the old list or the new one.
 *
 * @returns how the identities stood in the list before
 * @throws Vb365Error `recipients-missing`, `recipients-unreadable`, `keystore-unwritable`
 */
export function listOwnSigner(file: string, identities: Identities): OwnSigner {
  const text = readRecipientText(file);
  const own = findOwnSigner(identities, text);
  if (own.kind === 'missing') replaceList(file, withSigner(text, own));
  return own;
}

/** On the line above the recipient. */
function withSigner(
  text: string,
  { key, recipient }: { readonly key: SigningKey; readonly recipient: string },
): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const place = lines.findIndex((line) => line.trim() === recipient);
  return lines.toSpliced(place, 0, signerLine(key, recipient)).join(end);
}

function replaceList(file: string, text: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  withFileErrors('keystore-unwritable', file, 'write', () => {
    try {
      writeDurably(draft, text, 0o644);
      renameSync(draft, file);
      syncFolder(dirname(file));
    } finally {
      rmSync(draft, { force: true });
    }
  });
}
