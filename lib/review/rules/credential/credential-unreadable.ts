import { addedCredentials } from '../../changes/added-credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialUnreadable: ReviewRule = {
  id: 'credential-unreadable',
  severity: 'block',
  adjustable: true,
  sentence: 'what is added as a key credential is not a certificate: Entra refuses it, or nothing can sign in with it',
  source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application_certificate',
  check(stack, { at }) {
    return addedCredentials(stack, at)
      .filter(({ certificate }) => certificate === undefined)
      .map(({ credential: { address, application } }) => ({
        subject: address,
        message: `the value of ${address}, for ${applicationOf(stack, application)}, is not an X.509 certificate`,
        cure: 'restore the .crt file of the keystore from Git, synthesize and plan again',
      }));
  },
};
