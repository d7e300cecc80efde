import { deployIdentityIds, isNamedByBase } from '../../changes/deploy-identity';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { addedOwners, ownedApplication } from './application-owner-added';

/** Once an application, however many ways there are in which it becomes owner. */
export function deployIdentityNamed(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  const ids = deployIdentityIds(stack);
  if (ids.size === 0 || isNamedByBase(stack, context)) return [];
  const owned = stack.plan.changes
    .filter((change) => addedOwners(change).some((owner) => ids.has(owner)))
    .map((change) => ownedApplication(stack, change));
  return [...new Set(owned)].map((application) => ({
    subject: subjectOf(stack, application),
    message: `${applicationOf(stack, application)} gets the deployIdentity ${stack.owner?.configuration.deployIdentity?.clientId ?? ''} as its owner, which ${context.base?.name ?? 'the protected branch'} does not name: it can add credentials and sign in as it`,
    cure: 'make sure that it is the client id of the identity that applies, and of nobody else',
  }));
}
