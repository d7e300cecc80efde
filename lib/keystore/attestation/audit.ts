import { createHash, createPublicKey } from 'node:crypto';
import { join, posix } from 'node:path';
import type { ErrorCode } from '../../error-codes';
import type { Finding } from '../../findings';
import { isKeyElsewhere } from '../crt-file';
import type { Keystore } from '../keystore';
import type { KeystoreLock } from '../lock';
import { listGenerations } from '../listing';
import { readPendingRequest } from '../requests/pending-request';
import { openEach } from '../sealing/reseal';
import { type OpenedKey, type SealedKey, sealedKeysOf } from '../sealing/sealed-keys';
import { attest } from './attest';
import type { SigningKey } from './signing-key';

/** What an audit looks at, and who opens it. */
export interface AuditOptions {
  /** `contoso/entra-application` */
  readonly lineages: readonly string[];
  /** `AGE-SECRET-KEY-…`, as `readIdentities` gives them. */
  readonly identities: readonly string[];
  /** By whom and when what is opened is attested, under the keystore's lock. @default nothing is written */
  readonly attesting?: { readonly key: SigningKey; readonly at: Date; readonly lock: KeystoreLock };
  /** Told of each key that was opened and belongs where it is. */
  readonly onOpened?: (opened: AuditedKey) => void;
}

/** A key that was opened. */
export interface AuditedKey {
  /** Which it is: of a generation, or of a request. */
  readonly key: SealedKey;
  /** `now`, `before` by the same signer, or null where it is not attested by this run: requests, and what must not be there. */
  readonly attested: 'now' | 'before' | null;
}

/**
 * Opens every private key of lineages, superseded ones and those of requests too, and compares each with its certificate or
 * its request. What was opened and belongs where it is, is attested beside its certificate.
 *
 * @returns errors for what does not open, holds nothing, belongs to another certificate, or serves a lineage that it must not;
 * advice for what cannot be looked at
 * @throws Vb365Error `keystore-unreadable`, `keystore-unwritable`, `keystore-lock-lost`
 */
export async function auditKeys(
  keystore: Keystore,
  { attesting, identities, lineages, onOpened }: AuditOptions,
): Promise<Finding[]> {
  const shared = keystore.sharedKeys().filter(({ subject }) => lineages.includes(posix.dirname(subject)));
  const misplaced = new Set(
    shared.filter(({ severity }) => severity === 'error').map(({ subject }) => posix.dirname(subject)),
  );
  const keys = lineages.flatMap((lineage) => sealedKeysOf(keystore.folder, lineage));
  const found = await openEach(keys, identities, (opened) => {
    const finding = judgeRequest(keystore, opened);
    if (finding === undefined) {
      const isAttested = !misplaced.has(opened.key.lineage);
      onOpened?.({ key: opened.key, attested: isAttested ? attestWith(keystore, opened, attesting) : null });
    }
    return Promise.resolve(finding);
  });
  return [...shared, ...found, ...lineages.flatMap((lineage) => findElsewhere(keystore, lineage))];
}

function attestWith(
  keystore: Keystore,
  { certificate, key, text }: OpenedKey,
  attesting: AuditOptions['attesting'],
): AuditedKey['attested'] {
  if (attesting === undefined || certificate === undefined || key.of === 'request') return null;
  attesting.lock.requireHeld();
  return attest(keystore.folder, { key, certificate, text }, attesting) ? 'now' : 'before';
}

/** The key of a request has no certificate yet: it has to be that of the request. */
function judgeRequest({ folder }: Keystore, { key, privateKey }: OpenedKey): Finding | undefined {
  if (key.of !== 'request') return undefined;
  const asked = readPendingRequest(folder, key.lineage)?.request.publicKeyHash;
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  if (asked === undefined || asked === createHash('sha256').update(spki).digest('hex')) return undefined;
  const id: ErrorCode = 'request-of-another-key';
  return {
    id,
    severity: 'error',
    subject: key.path,
    message: `${key.path} holds another key than the request beside it asks a certificate for`,
    cure: `restore both files of the request from Git, or run "vb365 request ${key.lineage} --renew-key"`,
  };
}

function findElsewhere({ folder }: Keystore, lineage: string): Finding[] {
  const generations = listGenerations(join(folder, lineage));
  return generations.flatMap(({ certificateFile, keyFile, label }) => {
    if (keyFile !== undefined || !isKeyElsewhere(certificateFile)) return [];
    const id: ErrorCode = 'keystore-key-elsewhere';
    const message = `the private key of ${lineage} ${label} is kept elsewhere, as the head of its certificate says: nobody can open it here`;
    const cure = 'see that whoever added the certificate has its key';
    return [{ id, severity: 'advice', subject: `${lineage}/${label}.crt`, message, cure }];
  });
}
