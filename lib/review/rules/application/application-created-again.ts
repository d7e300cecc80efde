import type {
  Configuration,
  OrganizationConfiguration,
  RestorePortalConfiguration,
} from '../../../config/configuration';
import type { Generation } from '../../../keystore/keystore';
import type { PlannedApplication } from '../../stack/application';
import { type ReviewContext, registration, type StackPlan } from '../../stack/stack-plan';
import { listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

/** Entra itself is asked by `vb365 verify` and `vb365 recover`: a review has the plan, the keystore and the configuration. */
export function applicationCreatedAgain(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return createdApplications(stack).flatMap((application) => {
    const reasons = reasonsAgainst(application, stack, context);
    if (reasons.length === 0) return [];
    return {
      subject: application.displayName,
      message: `the application ${application.displayName} is created anew in the tenant of ${stack.stack}, and ${reasons.join('; ')}`,
      cure: `run "vb365 recover ${stack.stack}", which looks for it in Entra and writes import blocks; where a new one is meant, give it a name of its own, or this rule another severity in vb365.yaml, with the reason`,
    };
  });
}

/** Whether one that is created is told by the rule above. */
export function isCreatedAgain(application: PlannedApplication, stack: StackPlan, context: ReviewContext): boolean {
  return reasonsAgainst(application, stack, context).length > 0;
}

/** Those that the stack will own. */
export function createdApplications({ applications }: StackPlan): PlannedApplication[] {
  return applications.all.filter(({ effect, owned }) => owned && effect === 'create');
}

function reasonsAgainst(application: PlannedApplication, stack: StackPlan, context: ReviewContext): string[] {
  const current = currentGenerations(application, stack);
  const later = current.filter(({ number }) => number > 1);
  const opened = current.filter((generation) => !later.includes(generation) && context.base?.hasOpened?.(generation));
  const others = stacksOfName(application.displayName, stack, context.configuration);
  return [
    ...because(
      later.map(({ label, lineage }) => `${lineage} ${label}`),
      'is not the first certificate of its lineage: there was an application before, which the product knows',
    ),
    ...because(
      opened.map(({ label, lineage }) => `${lineage} ${label}`),
      `is no new certificate: ${context.base?.name ?? ''} has it, and its attestation says that its key was opened`,
    ),
    ...because(others, 'of the same tenant has one of that name'),
  ];
}

function because(names: readonly string[], reason: string): string[] {
  return names.length === 0 ? [] : [`${listed(names)} ${reason}`];
}

/** Of the lineages that sign in as an application. */
function currentGenerations(application: PlannedApplication, { credentials }: StackPlan): Generation[] {
  return credentials
    .filter((credential) => credential.application === application)
    .map(({ after }) => after?.kept)
    .flatMap((kept) => (kept?.current === true ? kept.generation : []));
}

/** Names of other stacks of the same tenant that own an application of that name. Entra compares without regard to case. */
function stacksOfName(displayName: string, stack: StackPlan, configuration: Configuration | undefined): string[] {
  if (configuration === undefined) return [];
  const { dataCloud, installations, organizations } = configuration;
  const owners = [
    ...installations.map(({ name, restorePortal, tenantId }) => ({
      name,
      tenantId,
      application: restorePortal?.application,
    })),
    ...organizations,
    ...dataCloud,
  ];
  const own = owners.find(({ name }) => name === stack.owner?.configuration.name);
  const tenantId = registration(stack.plan).after.tenant ?? own?.tenantId.toLowerCase();
  return owners
    .filter((other) => other !== own && other.tenantId.toLowerCase() === tenantId)
    .filter(({ application }) => hasName(application, displayName))
    .map(({ name }) => name);
}

function hasName(
  application: OrganizationConfiguration['application'] | RestorePortalConfiguration['application'] | undefined,
  displayName: string,
): boolean {
  if (application === undefined || !('displayName' in application)) return false;
  return application.displayName.toLowerCase() === displayName.toLowerCase();
}
