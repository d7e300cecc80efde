import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function ephemeralResource({ plan, stack }: StackPlan): ReviewComplaint[] {
  const { ephemeral } = plan.parts;
  if (ephemeral.length === 0) return [];
  return [
    {
      subject: stack,
      message: `the configuration of ${stack} opens what stands in no plan and in no state, with the rights of whoever plans and applies: ${listed(ephemeral)}`,
      cure: 'take the ephemeral resource out of the configuration, or find out what its provider does with it',
    },
  ];
}
