import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function checkFailed({ plan, stack }: StackPlan): ReviewComplaint[] {
  const failed = plan.parts.checks.filter(({ kind, status }) => kind !== 'check' && /^(?:fail|error)$/.test(status));
  if (failed.length === 0) return [];
  return [
    {
      subject: stack,
      message: `a condition that the configuration of ${stack} asks for does not hold: ${listed(failed.map(({ address }) => address))}`,
      cure: 'read what "terraform plan" says of it',
    },
  ];
}
