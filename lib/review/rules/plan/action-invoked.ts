import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function actionInvoked({ plan, stack }: StackPlan): ReviewComplaint[] {
  const { actions } = plan.programs;
  if (actions.length === 0) return [];
  return [
    {
      subject: stack,
      message: `the apply of ${stack} invokes ${counted(actions.length, 'action')}, of which the plan does not show what ${actions.length === 1 ? 'it changes' : 'they change'}: ${listed([...actions])}`,
      cure: 'take the action out of the configuration, or find out what it does',
    },
  ];
}
