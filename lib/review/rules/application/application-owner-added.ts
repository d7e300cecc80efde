import { textOf, textsOf } from '../../../plan/json-values';
import type { ResourceChange } from '../../../plan/plan';
import { staysItself } from '../../changes/credentials';
import { deployIdentityIds } from '../../changes/deploy-identity';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { PlannedApplication } from '../../stack/application';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** The identity that applies is one by right, and has a rule of its own. */
export function applicationOwnerAdded(stack: StackPlan): ReviewComplaint[] {
  const ours = deployIdentityIds(stack);
  return stack.plan.changes.flatMap((change) => {
    const owners = addedOwners(change).filter((owner) => !ours.has(owner));
    const application = ownedApplication(stack, change);
    if (owners.length === 0 || !staysItself(application)) return [];
    return {
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} gets ${counted(owners.length, 'owner')}, who can add credentials and sign in as it: ${listed(owners)}`,
      cure: 'make sure that each of them may do whatever the application may do',
    };
  });
}

/** The one that gets the owners. */
export function ownedApplication({ applications }: StackPlan, change: ResourceChange): PlannedApplication | undefined {
  return isOwnerResource(change) ? applications.of(change, 'application_id') : applications.at(change);
}

const OWNED: ReadonlySet<string> = new Set(['azuread_application', 'azuread_service_principal']);

/** Whether it makes an owner of somebody, as a resource of its own. */
function isOwnerResource({ managed, type }: Pick<ResourceChange, 'managed' | 'type'>): boolean {
  return managed && type === 'azuread_application_owner';
}

/** Object ids of those who own it from now on, by the resource or by the list of the application. */
export function addedOwners(change: ResourceChange): string[] {
  const { after, before, effect, managed, type } = change;
  if (!managed || (effect !== 'create' && effect !== 'update' && effect !== 'replace')) return [];
  if (isOwnerResource(change)) return [textOf(after.owner_object_id) ?? 'not known before the apply'];
  if (!OWNED.has(type)) return [];
  const present = new Set(textsOf(before.owners));
  return textsOf(after.owners).filter((owner) => !present.has(owner));
}
