import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function configurationUnread({ plan, stack }: StackPlan): ReviewComplaint[] {
  const unread = plan.written?.unread ?? [];
  if (unread.length === 0) return [];
  return [
    {
      subject: stack,
      message: `beside what CDKTF has written, the configuration of ${stack} has files that nobody here can read: ${listed(unread)}`,
      cure: 'take the file out of the folder of the stack, and plan again',
    },
  ];
}
