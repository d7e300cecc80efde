import { addedCredentials } from '../../changes/added-credentials';
import { comingName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialWeak(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return addedCredentials(stack, at)
    .filter(({ weaknesses }) => weaknesses.length > 0)
    .map(({ credential, weaknesses }) => ({
      subject: comingName(credential),
      message: `the certificate ${comingName(credential)} is added to ${applicationOf(stack, credential.application)}, and it is weak: ${weaknesses.join('; ')}`,
      cure: 'take a certificate with an RSA key of 2048 bits or more that is signed with SHA-256: "vb365 renew" makes one',
    }));
}
