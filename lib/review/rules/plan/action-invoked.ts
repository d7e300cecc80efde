import { listed } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const actionInvoked: ReviewRule = {
  id: 'action-invoked',
  severity: 'block',
  adjustable: true,
  sentence:
    'the apply invokes an action of a provider, which changes something that no plan shows; this library has none',
  source: 'https://developer.hashicorp.com/terraform/language/invoke-actions',
  check({ plan, stack }) {
    const { actions } = plan.programs;
    if (actions.length === 0) return [];
    return [
      {
        subject: stack,
        message: `the apply of ${stack} invokes ${counted(actions.length, 'action')}, of which the plan does not show what ${actions.length === 1 ? 'it changes' : 'they change'}: ${listed([...actions])}`,
        cure: 'take the action out of the configuration, or find out what it does',
      },
    ];
  },
};
