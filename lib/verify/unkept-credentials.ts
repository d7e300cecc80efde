import type { RememberedCertificate } from '../keystore/history';
import { formatInstant } from '../words/instant';
import { shown } from '../words/shown';
import type { SeenCredential } from './application';
import type { CredentialComparison } from './credential-comparison';
import type { Complaint } from './report';

/**
 * What is to be said of certificates that an application holds and its lineage does not. In an application that a stack has
 * made, each is a second way in; in one that was there before, it may belong to others, unless the keystore once had it.
 */
export function judgeUnkept(credentials: readonly SeenCredential[], comparison: CredentialComparison): Complaint[] {
  const hasExpired = ({ end }: SeenCredential): boolean => comparison.at.getTime() > end.getTime();
  const valid = credentials.filter((credential) => !hasExpired(credential));
  const old = credentials.filter(hasExpired).map((credential) => expired(credential, comparison));
  if (valid.length === 0) return old;
  const history = comparison.history();
  if ('why' in history) {
    const found = valid.map((credential) => foreign(credential, comparison));
    return [...found, historyUnknown(history, comparison), ...old];
  }
  const found = valid.map((credential) => {
    const known = credential.thumbprint === null ? undefined : history.find(credential.thumbprint);
    return known === undefined ? foreign(credential, comparison) : retired(credential, known, comparison);
  });
  return [...found, ...old];
}

function expired(credential: SeenCredential, { declaration }: CredentialComparison): Complaint {
  return {
    id: 'credential-foreign',
    severity: 'advice',
    subject: declaration.name,
    message: `the application holds ${nameOf(credential)}, which is not in the keystore and expired at ${formatInstant(credential.end)}`,
    cure: 'remove it in Entra: Certificates & secrets of the application',
  };
}

function foreign(credential: SeenCredential, comparison: CredentialComparison): Complaint {
  const { declaration, isOwned } = comparison;
  return {
    id: 'credential-foreign',
    severity: isOwned ? 'error' : 'advice',
    subject: declaration.name,
    message: `the application holds ${nameOf(credential)}, which is not in the keystore and is valid to ${formatInstant(credential.end)}`,
    cure: `find out who uses it; then ${removing(credential, comparison)}, or take it in with "vb365 import ${declaration.name} <file>"`,
  };
}

function retired(
  credential: SeenCredential,
  known: RememberedCertificate,
  comparison: CredentialComparison,
): Complaint {
  const { declaration } = comparison;
  const { isKept, name } = known;
  const what = isKept ? `${name} of the keystore and not of ${declaration.name}` : `${name}, retired from the keystore`;
  return {
    id: 'credential-retired',
    severity: 'error',
    subject: declaration.name,
    message: `the application still holds ${nameOf(credential)}: it is ${what}, and its key signs in until ${formatInstant(credential.end)}`,
    cure: `run "npx cdktf deploy ${declaration.owner}"; where it stays, ${removing(credential, comparison)}`,
  };
}

/** Without it, a key that has leaked and was retired looks like that of somebody else. */
function historyUnknown(
  { cure, why }: { readonly why: string; readonly cure: string },
  { declaration }: CredentialComparison,
): Complaint {
  return {
    id: 'keystore-history-unknown',
    severity: 'advice',
    subject: declaration.name,
    message: `whether the keystore once had such a certificate could not be looked at: ${why}`,
    cure,
  };
}

function nameOf({ displayName, keyId, thumbprint }: SeenCredential): string {
  const name = displayName === '' ? '' : ` named ${shown(displayName)}`;
  const id = keyId === null ? '' : ` (key id ${keyId})`;
  return `${thumbprint ?? 'a certificate without a thumbprint'}${name}${id}`;
}

function removing({ keyId }: SeenCredential, { clientId }: CredentialComparison): string {
  const byHand = 'remove it in Entra (Certificates & secrets)';
  return keyId === null
    ? byHand
    : `${byHand} or with "az ad app credential delete --id ${clientId} --key-id ${keyId} --cert"`;
}
