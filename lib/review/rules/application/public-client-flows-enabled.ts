import type { PlannedApplication } from '../../stack/application';
import type { StackPlan } from '../../stack/stack-plan';
import { staysItself } from '../../changes/credentials';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

/** An application that is created with them is told only where the configuration does not need them. */
export function publicClientFlowsEnabled(stack: StackPlan): ReviewComplaint[] {
  return enabledFor(stack).map((application) => ({
    subject: subjectOf(stack, application),
    message: `"Allow public client flows" is switched on for ${applicationOf(stack, application)}: sign-in with a device code works without its certificate`,
    cure: 'make sure that restores with a device code are meant (purpose restore-interactive), or leave it off',
  }));
}

function enabledFor(stack: StackPlan): (PlannedApplication | undefined)[] {
  const inline = stack.applications.all.filter((application) => isEnabledInline(application, stack));
  const own = stack.plan.changes
    .filter(({ managed, type }) => managed && type === 'azuread_application_fallback_public_client')
    .filter(({ after, before, effect }) => effect !== 'none' && after.enabled === true && before.enabled !== true)
    .map((change) => stack.applications.of(change, 'application_id'))
    .filter((application) => staysItself(application) && application?.before.fallback_public_client_enabled !== true);
  return [...inline, ...own];
}

function isEnabledInline({ after, before, effect, owned }: PlannedApplication, { owner }: StackPlan): boolean {
  if (!owned || after.fallback_public_client_enabled !== true) return false;
  if (effect === 'update') return before.fallback_public_client_enabled !== true;
  if (effect !== 'create' || owner === undefined) return false;
  return owner.kind !== 'organization' || !owner.configuration.purposes.includes('restore-interactive');
}
