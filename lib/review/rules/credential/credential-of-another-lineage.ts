import { roles } from '../../../catalogue/roles';
import type { KeptCertificate } from '../../stack/certificate-index';
import { addedCredentials } from '../../changes/added-credentials';
import { credentialName } from '../../changes/credentials';
import { applicationOf, ownerName } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const credentialOfAnotherLineage: ReviewRule = {
  id: 'credential-of-another-lineage',
  severity: 'block',
  adjustable: true,
  sentence:
    'a certificate of the keystore is added to an application that it is not for: that of another owner, or of a role of the server',
  source: 'https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration',
  check(stack, { at }) {
    if (stack.owner === undefined) return [];
    const owner = ownerName(stack);
    return addedCredentials(stack, at).flatMap(({ content, credential }) => {
      const other = content.kept && strangenessOf(content.kept, owner);
      if (other === undefined) return [];
      return {
        subject: credentialName(credential),
        message: `the certificate ${credentialName(credential)} is added to ${applicationOf(stack, credential.application)}, and it ${other}: whoever has its key can sign in as the application`,
        cure: 'publish the certificate of the application itself, as the stacks of this library do',
      };
    });
  },
};

function strangenessOf({ declaration }: KeptCertificate, owner: string): string | undefined {
  if (declaration.owner !== owner) return `belongs to ${declaration.owner}`;
  return roles[declaration.role].boundToEntra ? undefined : `is for the ${roles[declaration.role].name}`;
}
