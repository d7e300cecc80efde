import { formatInstant } from '../../../words/instant';
import { addedCredentials } from '../../changes/added-credentials';
import { comingName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialNotYetValid(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return addedCredentials(stack, at).flatMap(({ certificate, credential }) => {
    if (certificate === undefined || certificate.notBefore.getTime() <= at.getTime()) return [];
    const start = formatInstant(certificate.notBefore);
    return {
      subject: comingName(credential),
      message: `the certificate ${comingName(credential)} is added to ${applicationOf(stack, credential.application)}, and becomes valid at ${start} only`,
      cure: `do not install it in the product before ${start}`,
    };
  });
}
