import { formatInstant } from '../../../words/instant';
import { addedCredentials } from '../../changes/added-credentials';
import { comingName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialAddedExpired(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return addedCredentials(stack, at).flatMap(({ certificate, credential, hasExpired }) => {
    if (certificate === undefined || !hasExpired) return [];
    return {
      subject: comingName(credential),
      message: `the certificate ${comingName(credential)} is added to ${applicationOf(stack, credential.application)} although it expired at ${formatInstant(certificate.notAfter)}`,
      cure: 'renew it ("vb365 renew"), or import its successor, and plan again',
    };
  });
}
