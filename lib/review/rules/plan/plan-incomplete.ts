import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** A plan that failed is incomplete too; that is told by the rule about it. */
export function planIncomplete({ plan, stack }: StackPlan): ReviewComplaint[] {
  if (plan.complete || plan.errored) return [];
  const which = plan.leftOut.length === 0 ? '' : `, among them ${listed(plan.leftOut)}`;
  return [
    {
      subject: stack,
      message: `the plan of ${stack} leaves changes out (-target, or what Terraform had to defer)${which}: nobody has seen what the next one will do`,
      cure: 'plan again without -target, after what it depends on has been applied',
    },
  ];
}
