import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function resourceForgotten({ plan, stack }: StackPlan): ReviewComplaint[] {
  const forgotten = plan.changes.filter(({ effect, managed }) => managed && effect === 'forget');
  if (forgotten.length === 0) return [];
  return [
    {
      subject: stack,
      message: `Terraform lets go of ${counted(forgotten.length, 'resource')} and destroys nothing: ${listed(forgotten.map(({ address }) => address))}`,
      cure: 'take away by hand in Entra what nobody needs any more',
    },
  ];
}
