import type { ErrorCode } from '../error-codes';
import type { Finding } from '../findings';
import { formatInstant } from '../words/instant';
import { shown } from '../words/shown';
import type { DeletedApplication } from './applications';
import type { DeclaredResource, DeclaredStack } from './declared-stack';

/** A stack, and its folder as commands name it. */
export interface StackPlace {
  readonly name: string;
  readonly folder: string;
}

/** @param credentials addresses that the state knows */
export function applicationDeleted(
  { clientId, deleted, displayName }: DeletedApplication,
  place: StackPlace,
  credentials: readonly string[],
): Finding {
  const moment = new Date(deleted);
  const when = Number.isNaN(moment.getTime()) ? '' : ` at ${formatInstant(moment)}`;
  return finding('recover-application-deleted', {
    subject: displayName,
    message: `the application ${shown(displayName)} (${clientId}) was deleted in Entra${when}, which keeps it for 30 days`,
    cure: `run "vb365 recover ${place.name} --restore"${orLetGo(place, credentials)}`,
  });
}

/** @param credentials addresses that the state knows */
export function applicationMissing(
  displayName: string,
  tenantId: string,
  place: StackPlace,
  credentials: readonly string[],
): Finding {
  return finding('recover-application-missing', {
    subject: displayName,
    message: `the tenant ${tenantId} has no application ${shown(displayName)}, and none that holds a certificate of the stack, not even a deleted one`,
    cure: `if it has another name, give --client-id${orLetGo(place, credentials)}; a new one is made by "npx cdktf deploy ${place.name}"`,
  });
}

export function credentialDiffers({ address }: DeclaredResource, { name }: DeclaredStack): Finding {
  return finding('recover-credential-differs', {
    subject: address,
    message: `the application holds another certificate under the key id of ${address}: whoever put it there can sign in`,
    cure: `remove it in Entra (Certificates & secrets), and deploy the right one with "npx cdktf deploy ${name}"`,
  });
}

/** A plan reads what the state knows, and fails at the first key credential whose application is gone. */
function orLetGo({ folder }: StackPlace, credentials: readonly string[]): string {
  if (credentials.length === 0) return '';
  const addresses = credentials.map((address) => (/^[\w.-]+$/.test(address) ? address : `'${address}'`));
  return `; for a new application in its place, run "terraform -chdir=${folder} state rm ${addresses.join(' ')}" first, because the plan cannot be made otherwise`;
}

function finding(id: ErrorCode, rest: Pick<Finding, 'subject' | 'message' | 'cure'>): Finding {
  return { id, severity: 'error', ...rest };
}
