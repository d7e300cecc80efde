import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function planErrored({ plan, stack }: StackPlan): ReviewComplaint[] {
  if (!plan.errored) return [];
  return [
    {
      subject: stack,
      message: `Terraform could not finish the plan of ${stack}: what stands here is not everything that would change`,
      cure: 'mend what "terraform plan" complains about, and plan again',
    },
  ];
}
