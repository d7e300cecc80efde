import { isAdded } from '../../changes/added-credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialUnknown: ReviewRule = {
  id: 'credential-unknown',
  severity: 'block',
  adjustable: true,
  sentence: 'a key credential is added whose certificate is known only after the apply: nobody can say who has its key',
  source: 'https://attack.mitre.org/techniques/T1098/001/',
  check(stack) {
    return stack.credentials
      .filter((credential) => isAdded(credential) && credential.after?.isKnown === false)
      .map(({ address, application }) => ({
        subject: address,
        message: `${address} adds a certificate to ${applicationOf(stack, application)} that is known only after the apply: whoever has its key can sign in, and nobody can see now who that is`,
        cure: 'give the certificate itself, as the constructs of this library do, and plan again',
      }));
  },
};
