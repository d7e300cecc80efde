import type { ResourceChange } from '../../../plan/plan';
import type { StackPlan } from '../../stack/stack-plan';
import { staysItself } from '../../changes/credentials';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

/** What only lets go of them leaves them on. */
export function publicClientFlowsDisabled(stack: StackPlan): ReviewComplaint[] {
  return stack.plan.changes.filter(isSwitchedOff).flatMap((change) => {
    const application = applicationOfChange(stack, change);
    if (!staysItself(application)) return [];
    return {
      subject: subjectOf(stack, application),
      message: `"Allow public client flows" is switched off for ${applicationOf(stack, application)}: restores with a device code fail`,
      cure: 'make sure that nobody restores with a device code, or keep the purpose restore-interactive in vb365.yaml',
    };
  });
}

function isSwitchedOff({ after, before, effect, managed, type }: ResourceChange): boolean {
  if (!managed || (effect !== 'update' && effect !== 'destroy' && effect !== 'replace')) return false;
  if (type === 'azuread_application_fallback_public_client') return before.enabled === true && after.enabled !== true;
  const isApplication = type === 'azuread_application' && effect === 'update';
  return (
    isApplication && before.fallback_public_client_enabled === true && after.fallback_public_client_enabled !== true
  );
}

function applicationOfChange(
  { applications }: StackPlan,
  change: ResourceChange,
): StackPlan['applications']['all'][number] | undefined {
  return change.type === 'azuread_application' ? applications.at(change) : applications.of(change, 'application_id');
}
