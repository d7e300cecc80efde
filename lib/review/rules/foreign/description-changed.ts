import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import { describingPaths } from './attribute-not-judged';
import type { ReviewComplaint } from '../review-rule';

export function descriptionChanged(stack: StackPlan): ReviewComplaint[] {
  return stack.plan.changes.flatMap((change) => {
    const paths = describingPaths(change, stack);
    if (paths.length === 0) return [];
    return {
      subject: change.address,
      message: `${listed(paths)} of ${change.address} ${change.effect === 'create' ? 'is set' : 'changes'}, which only people and Terraform read`,
      cure: 'nothing is to be done',
    };
  });
}
