import { addedCredentials } from '../../changes/added-credentials';
import { comingName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** What is weak or has expired must not be taken in either: that is told instead. */
export function credentialNotInKeystore(stack: StackPlan, { at, configuration }: ReviewContext): ReviewComplaint[] {
  if (configuration === undefined) return [];
  return addedCredentials(stack, at)
    .filter(({ certificate, content, hasExpired, weaknesses }) => {
      return certificate !== undefined && content.kept === undefined && weaknesses.length === 0 && !hasExpired;
    })
    .map(({ certificate, credential }) => ({
      subject: credential.address,
      message: `the certificate ${comingName(credential)} (${certificate?.subject ?? ''}) is added to ${applicationOf(stack, credential.application)}, and the keystore does not hold it: whoever has its key can sign in`,
      cure: 'check out the keystore that the plan was made with, or find out where the certificate comes from and import it: "vb365 import"',
    }));
}
