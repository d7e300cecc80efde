import { formatInstant } from '../../../words/instant';
import { credentialName } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf, whatStops } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialCurrentRemoved: ReviewRule = {
  id: 'credential-current-removed',
  severity: 'block',
  adjustable: true,
  sentence: 'the certificate that the product signs in with is taken away from its application: every sign-in fails',
  source: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
  check(stack, { at }) {
    return judgeRemovals(stack, at).current.map((credential) => {
      const notAfter = credential.before?.certificate?.notAfter;
      const validTo = notAfter === undefined ? '' : `, valid to ${formatInstant(notAfter)},`;
      return {
        subject: credentialName(credential),
        message: `the certificate ${credentialName(credential)}${validTo} is taken away from ${applicationOf(stack, credential.application)}, and the product signs in with it: ${whatStops(stack)} stops`,
        cure: 'keep it published: add a successor ("vb365 renew", "vb365 import"), install that in the product, and let "vb365 retire" take this one away',
      };
    });
  },
};
