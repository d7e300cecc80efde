import type { Certificate } from '../../certificates/certificate';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import { type KeySharing, nameLineages, sharingOf } from '../../keystore/findings/shared-keys';
import type { Keystore } from '../../keystore/keystore';

const SHARED: ErrorCode = 'keystore-key-shared';

/**
 * Stops where another lineage that must not share a key has that of the certificate: of another owner, or signing in to Entra
 * as this one does. Every certificate of the keystore is read.
 *
 * @throws Vb365Error `keystore-key-shared`
 */
export function refuseSharedKey(lineage: string, certificate: Certificate, keystore: Keystore): void {
  const { forbidden } = sharingWith(lineage, certificate, keystore);
  if (forbidden.length === 0) return;
  throw new Vb365Error(SHARED, {
    subject: lineage,
    message: `the certificate ${certificate.thumbprint} has the key of ${nameLineages(forbidden)}: whoever holds it would act for ${lineage}, too`,
    cure: 'take a certificate with a key of its own',
  });
}

/** That the server-side roles of an installation will have one key. */
export function adviseOfSharedKey(lineage: string, certificate: Certificate, keystore: Keystore): Finding[] {
  const { forbidden, tolerated } = sharingWith(lineage, certificate, keystore);
  if (forbidden.length > 0 || tolerated.length === 0) return [];
  const message = `the certificate ${certificate.thumbprint} has the key of ${nameLineages(tolerated)}: where it leaks, each of them needs another`;
  return [{ id: SHARED, severity: 'advice', subject: lineage, message, cure: 'import it where that is meant' }];
}

function sharingWith(lineage: string, { publicKeyHash }: Certificate, keystore: Keystore): KeySharing {
  return sharingOf(lineage, publicKeyHash === '' ? [] : keystore.holdersOf(publicKeyHash));
}
