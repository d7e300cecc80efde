import type { PlannedCredential } from '../../stack/credential';
import { leavingName, staysItself } from '../../changes/credentials';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Measured with azuread 3.7.0: the destroyed credential is gone for 24 seconds and more before the new one works. */
export function credentialReplaced({ credentials }: StackPlan): ReviewComplaint[] {
  return credentials
    .filter((credential) => isReplaced(credential) && staysItself(credential.application))
    .map((credential) => ({
      subject: leavingName(credential),
      message: `the key credential ${credential.address} is replaced in place: ${leavingName(credential)} is taken away before the product can use what takes its place`,
      cure: 'add the new certificate as a generation of its own ("vb365 renew", "vb365 import"), and let "vb365 retire" take the old one away later',
    }));
}

/** The provider replaces it for whatever changes; an update that brings another certificate would do the same. */
function isReplaced({ after, before, effect }: PlannedCredential): boolean {
  if (effect === 'replace') return true;
  return effect === 'update' && before?.certificate?.thumbprintSha256 !== after?.certificate?.thumbprintSha256;
}
