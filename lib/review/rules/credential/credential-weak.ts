import { addedCredentials } from '../../changes/added-credentials';
import { credentialName } from '../../changes/credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialWeak: ReviewRule = {
  id: 'credential-weak',
  severity: 'block',
  adjustable: true,
  sentence:
    'a certificate is added whose key or signature is too weak: not RSA, shorter than 2048 bits, MD5, or SHA-1 of an authority',
  source: 'https://learn.microsoft.com/entra/identity-platform/howto-create-self-signed-certificate',
  check(stack, { at }) {
    return addedCredentials(stack, at)
      .filter(({ weaknesses }) => weaknesses.length > 0)
      .map(({ credential, weaknesses }) => ({
        subject: credentialName(credential),
        message: `the certificate ${credentialName(credential)} is added to ${applicationOf(stack, credential.application)}, and it is weak: ${weaknesses.join('; ')}`,
        cure: 'take a certificate with an RSA key of 2048 bits or more that is signed with SHA-256: "vb365 renew" makes one',
      }));
  },
};
