import { formatInstant } from '../../../words/instant';
import { addedCredentials } from '../../changes/added-credentials';
import { credentialName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialAddedExpired: ReviewRule = {
  id: 'credential-added-expired',
  severity: 'block',
  adjustable: true,
  sentence: 'a certificate is added that has expired already: nothing can sign in with it',
  source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  check(stack, { at }) {
    return addedCredentials(stack, at).flatMap(({ certificate, credential, hasExpired }) => {
      if (certificate === undefined || !hasExpired) return [];
      return {
        subject: credentialName(credential),
        message: `the certificate ${credentialName(credential)} is added to ${applicationOf(stack, credential.application)} although it expired at ${formatInstant(certificate.notAfter)}`,
        cure: 'renew it ("vb365 renew"), or import its successor, and plan again',
      };
    });
  },
};
