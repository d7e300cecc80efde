import { textOf } from '../../../plan/json-values';
import type { PlannedApplication } from '../../stack/application';
import type { Owner, StackPlan } from '../../stack/stack-plan';
import { ALL_TENANTS, audienceWidth, OWN_TENANT } from '../../changes/audiences';
import type { ReviewComplaint } from '../review-rule';

export function audienceWidened(stack: StackPlan): ReviewComplaint[] {
  return stack.applications.all.flatMap((application) => {
    const [before, after] = [textOf(application.before.sign_in_audience), textOf(application.after.sign_in_audience)];
    if (after === undefined || !isWidened(application, stack.owner)) return [];
    const { displayName } = application;
    const what =
      before === undefined
        ? `the application ${displayName} is created with the sign-in audience ${after}`
        : `the sign-in audience of the application ${displayName} changes from ${before} to ${after}`;
    return {
      subject: displayName,
      message: `${what}: ${MEANINGS[after] ?? 'others than its own tenant can sign in'}`,
      cure: 'make sure that this is meant (multiTenant in vb365.yaml: a portal of a service provider), or set it back to the own tenant',
    };
  });
}

const MEANINGS: Readonly<Record<string, string>> = {
  [ALL_TENANTS]: 'people of every Entra tenant can sign in',
  AzureADandPersonalMicrosoftAccount: 'people of every Entra tenant and with personal Microsoft accounts can sign in',
  PersonalMicrosoftAccount: 'people with personal Microsoft accounts can sign in',
};

function isWidened({ after, before, effect, owned }: PlannedApplication, owner: Owner | undefined): boolean {
  const width = audienceWidth(after.sign_in_audience);
  if (!owned) return false;
  if (effect === 'create') return owner !== undefined && width > audienceWidth(declaredAudience(owner));
  return effect === 'update' && width > audienceWidth(before.sign_in_audience);
}

/** Only the portal of a service provider is for other tenants. */
function declaredAudience({ configuration, kind }: Owner): string {
  const application = kind === 'installation' ? configuration.restorePortal?.application : undefined;
  return application !== undefined && 'multiTenant' in application && application.multiTenant
    ? ALL_TENANTS
    : OWN_TENANT;
}
