import { formatInstant } from '../../../words/instant';
import { signsIn, effectiveValidity } from '../../stack/credential';
import { comingName, credentialsByApplication, outputThumbprints, willBeCurrent } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf, whatStops } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** What is added although it has expired is told by the rule about that. */
export function credentialExpired(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  const outputs = outputThumbprints(stack.plan, 'after');
  const told = new Set(judgeRemovals(stack, at).lastValid.map(({ remaining }) => remaining));
  return credentialsByApplication(stack)
    .filter(({ remaining }) => !remaining.some(({ after }) => signsIn(after, at)))
    .filter(({ remaining }) => !told.has(remaining))
    .flatMap(({ remaining }) => remaining)
    .flatMap((credential) => {
      const { after, application, effect } = credential;
      const notAfter = after && effectiveValidity(after)?.notAfter;
      if (effect !== 'none' || after === undefined || notAfter === undefined) return [];
      if (notAfter.getTime() >= at.getTime() || !willBeCurrent(after, outputs)) return [];
      return {
        subject: comingName(credential),
        message: `the certificate ${comingName(credential)} of ${applicationOf(stack, application)} expired at ${formatInstant(notAfter)}, and no valid certificate takes its place: ${whatStops(stack)} has stopped`,
        cure: 'renew it ("vb365 renew"), or import its successor, plan and apply again, and install it in the product',
      };
    });
}
