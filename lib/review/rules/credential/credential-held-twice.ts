import { leavingName } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialHeldTwice(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return judgeRemovals(stack, at).repeated.map(({ credential, staying }) => ({
    subject: leavingName(credential),
    message: `the key credential ${credential.address} of ${leavingName(credential)} leaves ${applicationOf(stack, credential.application)}, and ${staying.address} holds the same certificate and stays: whoever has its key still signs in`,
    cure: `where the key shall not sign in any more, remove ${staying.address} as well, and run "vb365 verify" after the apply`,
  }));
}
