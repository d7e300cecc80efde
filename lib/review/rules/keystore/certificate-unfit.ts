import { judgeLineage, warnAboutUnfit } from '../../../lifecycle/judgement';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Whatever the plan changes: a host that has another name changes nothing in Entra. */
export function certificateUnfit(
  { owner, stack }: StackPlan,
  { at, certificates, configuration }: ReviewContext,
): ReviewComplaint[] {
  // Without a configuration nothing is asked for; the stack of the consent publishes no certificate.
  if (configuration === undefined || owner?.configuration.name !== stack) return [];
  return certificates.currentOf(stack).flatMap(({ declaration, generation }) =>
    warnAboutUnfit(judgeLineage({ declaration, generations: [generation] }, at)).map(({ cure, message, subject }) => ({
      subject,
      message: `the current certificate ${subject} is not what the configuration asks for: ${message}`,
      cure,
    })),
  );
}
