import { roles } from '../../../catalogue/roles';
import type { KeptCertificate } from '../../stack/certificate-index';
import { addedCredentials } from '../../changes/added-credentials';
import { comingName } from '../../changes/credentials';
import { applicationOf, ownerName } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialOfAnotherLineage(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  if (stack.owner === undefined) return [];
  const owner = ownerName(stack);
  return addedCredentials(stack, at).flatMap(({ content, credential }) => {
    const other = content.kept && strangenessOf(content.kept, owner);
    if (other === undefined) return [];
    return {
      subject: comingName(credential),
      message: `the certificate ${comingName(credential)} is added to ${applicationOf(stack, credential.application)}, and it ${other}: whoever has its key can sign in as the application`,
      cure: 'publish the certificate of the application itself, as the stacks of this library do',
    };
  });
}

function strangenessOf({ declaration }: KeptCertificate, owner: string): string | undefined {
  if (declaration.owner !== owner) return `belongs to ${declaration.owner}`;
  return roles[declaration.role].boundToEntra ? undefined : `is for the ${roles[declaration.role].name}`;
}
