import { addedCredentials } from '../../changes/added-credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialUnreadable(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return addedCredentials(stack, at)
    .filter(({ certificate }) => certificate === undefined)
    .map(({ credential: { address, application } }) => ({
      subject: address,
      message: `the value of ${address}, for ${applicationOf(stack, application)}, is not an X.509 certificate`,
      cure: 'restore the .crt file of the keystore from Git, synthesize and plan again',
    }));
}
