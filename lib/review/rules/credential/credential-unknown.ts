import { isAdded } from '../../changes/added-credentials';
import { applicationOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialUnknown(stack: StackPlan): ReviewComplaint[] {
  return stack.credentials
    .filter((credential) => isAdded(credential) && credential.after?.isKnown === false)
    .map(({ address, application }) => ({
      subject: address,
      message: `${address} adds a certificate to ${applicationOf(stack, application)} that is known only after the apply: whoever has its key can sign in, and nobody can see now who that is`,
      cure: 'give the certificate itself, as the constructs of this library do, and plan again',
    }));
}
