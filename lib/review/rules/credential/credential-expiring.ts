import { fullDays } from '../../../words/days';
import { defaultPolicy } from '../../../config/policy';
import { formatInstant } from '../../../words/instant';
import { stateOf } from '../../../lifecycle/states';
import { type CredentialContent, type PlannedCredential, effectiveValidity } from '../../stack/credential';
import { comingName, credentialsByApplication, outputThumbprints, willBeCurrent } from '../../changes/credentials';
import { applicationOf, whatStops } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialExpiring(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  const outputs = outputThumbprints(stack.plan, 'after');
  return credentialsByApplication(stack).flatMap(({ remaining }) => {
    const ends = remaining.reduce((latest, credential) => Math.max(latest, endOf(credential)), 0);
    return remaining.flatMap((credential) => {
      const { after, application } = credential;
      // A successor lasts longer.
      if (after === undefined || endOf(credential) < ends || !willBeCurrent(after, outputs)) return [];
      const notAfter = dueAt(after, at);
      if (notAfter === undefined) return [];
      return {
        subject: comingName(credential),
        message: `the certificate ${comingName(credential)} of ${applicationOf(stack, application)} expires at ${formatInstant(notAfter)}, in ${fullDays(at, notAfter)}, and no successor is published: ${whatStops(stack)} stops then`,
        cure: 'renew it now ("vb365 renew"), or import its successor, so that the product can switch in time',
      };
    });
  });
}

/** When it ends; undefined where it need not be renewed yet. */
function dueAt(content: CredentialContent, at: Date): Date | undefined {
  const validity = effectiveValidity(content);
  const { renewBeforeDays } = content.kept?.declaration.policy ?? defaultPolicy;
  return validity && stateOf(validity, renewBeforeDays, at) === 'renew' ? validity.notAfter : undefined;
}

function endOf({ after }: PlannedCredential): number {
  return (after && effectiveValidity(after)?.notAfter.getTime()) ?? 0;
}
