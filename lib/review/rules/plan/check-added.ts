import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** A block of its own; conditions of resources and outputs are judged by what comes of them. */
export function checkAdded({ plan, stack }: StackPlan): ReviewComplaint[] {
  const added = plan.parts.checks.filter(({ kind }) => kind === 'check');
  if (added.length === 0) return [];
  return [
    {
      subject: stack,
      message: `the configuration of ${stack} holds checks, which look up what they like at every plan and apply, and no stack of this library has any: ${listed(added.map(({ address }) => address))}`,
      cure: 'take the check out of the configuration, or read what it looks at',
    },
  ];
}
