import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** What the constructs of this library call: they put lists together, and read nothing. */
const OWN: ReadonlySet<string> = new Set(['concat', 'distinct', 'flatten', 'length', 'sort', 'toset']);

export function functionCalled({ plan, stack }: StackPlan): ReviewComplaint[] {
  const foreign = plan.parts.functions.filter((name) => !OWN.has(name));
  if (foreign.length === 0) return [];
  return [
    {
      subject: stack,
      message: `the configuration of ${stack} calls functions that no stack of this library calls (some read files of whoever plans, or run a provider): ${listed(foreign)}`,
      cure: 'write the value itself, or read what the expression makes of it',
    },
  ];
}
