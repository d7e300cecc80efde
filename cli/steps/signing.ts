import type { ErrorCode } from '../../lib/error-codes';
import type { Finding } from '../../lib/findings';
import { findOwnSigner, listOwnSigner, type OwnSigner } from '../../lib/keystore/attestation/own-signer';
import { signerLine } from '../../lib/keystore/attestation/signers';
import { type SigningKey, signingKeyOf } from '../../lib/keystore/attestation/signing-key';
import type { Identities } from '../../lib/keystore/sealing/identity';
import { readRecipientText } from '../../lib/keystore/sealing/recipients';
import { pathFrom } from '../../lib/words/printable';
import { printNote, type Terminal } from '../shell/terminal';

/** What a person can sign with, or why what they sign would not count. */
export interface Signing {
  readonly key?: SigningKey;
  readonly findings: readonly Finding[];
}

/**
 * The signing key of an identity at hand, whose public half is listed beside its recipient where it is not yet.
 *
 * @param mayWrite whether the list may be changed
 * @throws Vb365Error `recipients-missing`, `recipients-unreadable`, `keystore-unwritable`
 */
export function prepareSigning(terminal: Terminal, file: string, identities: Identities, mayWrite: boolean): Signing {
  const own = mayWrite ? listOwnSigner(file, identities) : findOwnSigner(identities, readRecipientText(file));
  const shown = pathFrom(terminal.cwd(), file);
  if (own.kind === 'unlisted') return { findings: [unlisted(file, identities)] };
  if (own.kind === 'replaced') return { findings: [replaced(file, own)] };
  if (own.kind === 'missing') {
    // What others believe is decided by a review of this line.
    const verb = mayWrite ? 'Added' : 'would add';
    printNote(terminal, `${verb} your signer to ${shown}: ${signerLine(own.key, own.recipient)}`);
  }
  return { key: own.key, findings: [] };
}

function unlisted(file: string, { identities, recipients }: Identities): Finding {
  const id: ErrorCode = 'signer-unlisted';
  const [identity = ''] = identities;
  const [recipient = ''] = recipients;
  return {
    id,
    severity: 'warning',
    subject: file,
    message: `${file} lists none of your recipients, so that nobody would believe your signature: nothing is attested`,
    cure: `add the lines "${signerLine(signingKeyOf(identity), recipient)}" and "${recipient}" to it, and run "vb365 audit" again`,
  };
}

function replaced(file: string, { key, recipient }: Exclude<OwnSigner, { readonly kind: 'unlisted' }>): Finding {
  const id: ErrorCode = 'signer-replaced';
  return {
    id,
    severity: 'error',
    subject: file,
    message: `${file} names another signer for your recipient ${recipient} than your own, which is ${key.signer}: nothing is attested`,
    cure: 'find with "git log" who wrote it, remove that line, and run "vb365 audit" again',
  };
}
