import type { ErrorCode } from '../../error-codes';
import type { Finding } from '../../findings';
import type { Generation } from '../../keystore/keystore';
import type { AddedCertificate } from '../../keystore/newest-added';
import { formatInstant } from '../../words/instant';

/** That a superseded certificate stays, because the clock by which it would leave may be wrong. */
export function heldBack({ lineage, label }: Generation, newest: AddedCertificate, at: Date): Finding {
  const id: ErrorCode = 'certificate-held-back';
  return {
    id,
    severity: 'warning',
    subject: `${lineage} ${label}`,
    message: `it would leave by ${formatInstant(at)}, and stays: it is the last of its lineage that was valid at ${formatInstant(newest.added)}, when ${newest.file} entered the keystore`,
    cure: `check --at, and the clock of this machine; where it is right, run "vb365 renew ${lineage}", and this command again`,
  };
}
