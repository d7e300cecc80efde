import { join } from 'node:path';
import { requestCertificate } from '../../certificates/x509/certificate-request';
import { certificateProfile } from '../../certificates/profile';
import type { LineageDeclaration } from '../../config/lineages';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import type { Keystore } from '../../keystore/keystore';
import type { KeystoreLock } from '../../keystore/lock';
import {
  formatRequestFile,
  type PendingRequest,
  readPendingRequest,
  sayRequested,
} from '../../keystore/requests/pending-request';
import { isBeingRemoved, startingOver } from '../../keystore/requests/pending-request-files';
import { putPendingRequest, removePendingRequest } from '../../keystore/requests/pending-request-writer';
import type { Sealer } from '../../keystore/sealing/sealing';
import { readGenerations } from '../read-generations';

/** Where a new request is kept, and who can open its key. */
export interface NewRequestOptions {
  /** Gets the request and its sealed key, in place of a request that waits. */
  readonly keystore: Keystore;
  /** Seals the key of the request, which is never written otherwise. */
  readonly sealer: Sealer;
  /** The keystore's, as the caller holds it. */
  readonly lock: KeystoreLock;
  /** Now. */
  readonly at: Date;
}

/**
 * Makes a key and a request for what the configuration says of a lineage, and keeps both in the keystore, the key sealed,
 * in place of a request that waits.
 *
 * @throws Vb365Error `keystore-lock-lost`, and what `certificateProfile` and `putPendingRequest` throw
 */
export async function newRequest(
  { name: lineage, role, profile: declared, policy }: LineageDeclaration,
  { keystore, sealer, at, lock }: NewRequestOptions,
): Promise<PendingRequest> {
  const profile = certificateProfile(role, declared);
  const { request, privateKey } = await requestCertificate({ profile, keySize: policy.keySize });
  const sealedKey = await sealer.seal(privateKey);
  const names = [...profile.dnsNames, ...profile.ipAddresses];
  const head = { lineage, commonName: profile.commonName, names, requestedAt: at };
  // Making a key takes long enough for a sleep, and another command's request would be lost.
  lock.requireHeld();
  putPendingRequest(keystore.folder, lineage, { request: formatRequestFile(head, request), sealedKey });
  return { request, sealedKey, requestedAt: at };
}

/**
 * The request of a lineage that waits for its answer. One whose key a generation has is answered: a command that was
 * stopped has left it.
 *
 * @throws Vb365Error what `readPendingRequest` throws
 */
export function waitingRequest(keystore: Keystore, lineage: string): PendingRequest | undefined {
  const pending = readPendingRequest(keystore.folder, lineage);
  return pending === undefined || isAnswered(keystore, lineage, pending) ? undefined : pending;
}

/** As `waitingRequest`; undefined also where it cannot be read, for whoever replaces it. */
export function readableRequest(keystore: Keystore, lineage: string): PendingRequest | undefined {
  try {
    return waitingRequest(keystore, lineage);
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}

/**
 * Whether a command that was stopped has left something of a request that a generation answers: all of it, or what was to
 * be removed next.
 *
 * @throws Vb365Error what `readPendingRequest` throws
 */
export function hasAnsweredRequest(keystore: Keystore, lineage: string): boolean {
  if (isBeingRemoved(join(keystore.folder, lineage))) return true;
  const pending = readPendingRequest(keystore.folder, lineage);
  return pending !== undefined && isAnswered(keystore, lineage, pending);
}

/** Removes it. The caller holds the keystore's lock. */
export function clearAnswered(keystore: Keystore, lineage: string): void {
  if (hasAnsweredRequest(keystore, lineage)) removePendingRequest(keystore.folder, lineage);
}

/** What a person should know about a request that waits, besides that it does. */
export function judgeWaiting({ name, role, profile, policy }: LineageDeclaration, pending: PendingRequest): Finding[] {
  const { request } = pending;
  if (request.asksFor(certificateProfile(role, profile)) && request.keySize === policy.keySize) return [];
  const id: ErrorCode = 'request-outdated';
  return [
    {
      id,
      severity: 'warning',
      subject: name,
      message: `the request of ${name} ${sayRequested(pending)} asks for another name, use or key size than the configuration says now`,
      cure: startingOver(name),
    },
  ];
}

function isAnswered(keystore: Keystore, lineage: string, { request }: PendingRequest): boolean {
  return readGenerations(keystore, lineage).some(
    ({ certificate }) => certificate.publicKeyHash === request.publicKeyHash,
  );
}
