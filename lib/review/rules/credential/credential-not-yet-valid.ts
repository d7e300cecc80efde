import { formatInstant } from '../../../words/instant';
import { addedCredentials } from '../../changes/added-credentials';
import { credentialName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialNotYetValid: ReviewRule = {
  id: 'credential-not-yet-valid',
  severity: 'warn',
  adjustable: true,
  sentence: 'a certificate is added that is not valid yet: a product that uses it too early cannot sign in',
  source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  check(stack, { at }) {
    return addedCredentials(stack, at).flatMap(({ certificate, credential }) => {
      if (certificate === undefined || certificate.notBefore.getTime() <= at.getTime()) return [];
      const start = formatInstant(certificate.notBefore);
      return {
        subject: credentialName(credential),
        message: `the certificate ${credentialName(credential)} is added to ${applicationOf(stack, credential.application)}, and becomes valid at ${start} only`,
        cure: `do not install it in the product before ${start}`,
      };
    });
  },
};
