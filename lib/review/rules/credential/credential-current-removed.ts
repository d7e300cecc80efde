import { formatInstant } from '../../../words/instant';
import { leavingName } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf, whatStops } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialCurrentRemoved(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return judgeRemovals(stack, at).current.map((credential) => {
    const notAfter = credential.before?.certificate?.notAfter;
    const validTo = notAfter === undefined ? '' : `, valid to ${formatInstant(notAfter)},`;
    return {
      subject: leavingName(credential),
      message: `the certificate ${leavingName(credential)}${validTo} is taken away from ${applicationOf(stack, credential.application)}, and the product signs in with it: ${whatStops(stack)} stops`,
      cure:
        credential.before?.kept === undefined
          ? 'find out why the keystore does not have it, and restore both files of its generation from Git'
          : 'keep it published: add a successor ("vb365 renew", "vb365 import"), install that in the product, and let "vb365 retire" take this one away',
    };
  });
}
