import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function moduleCalled({ plan, stack }: StackPlan): ReviewComplaint[] {
  const { modules } = plan.parts;
  if (modules.length === 0) return [];
  return [
    {
      subject: stack,
      message: `the configuration of ${stack} takes in modules, and no stack of this library does: ${listed(modules)}`,
      cure: 'take the module out of the configuration, or read what it does at the version that is taken',
    },
  ];
}
