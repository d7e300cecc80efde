import { nameOf, newGenerationsOfStack } from '../../changes/new-generations';
import { listed } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function generationNotFollowing(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return newGenerationsOfStack(stack, context).flatMap((one) => {
    if (one.complaints.length === 0) return [];
    return {
      subject: one.generation.lineage,
      message: `${nameOf(one)} is not what "vb365 renew" or "vb365 import" would have added: ${listed(one.complaints.map(({ message }) => message))}`,
      cure: `find out who has committed it; take it out of the branch, and run "vb365 renew ${one.generation.lineage}", or let a change of the policy land on its own first`,
    };
  });
}
