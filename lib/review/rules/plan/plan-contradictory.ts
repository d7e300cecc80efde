import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function planContradictory({ plan: { contradictions }, stack }: StackPlan): ReviewComplaint[] {
  if (contradictions.length === 0) return [];
  return [
    {
      subject: stack,
      message: `the parts of the plan of ${stack} contradict each other, as no plan of Terraform does: ${listed(contradictions)}`,
      cure: 'take the plan from Terraform itself, and find out who has edited this one',
    },
  ];
}
