import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** Key credentials are told by the rules about those. */
export function deposedDestroyed({ plan, stack }: StackPlan): ReviewComplaint[] {
  const gone = plan.changes.filter(({ deposed, effect, managed }) => managed && deposed && effect === 'destroy');
  if (gone.length === 0) return [];
  return [
    {
      subject: stack,
      message: `${counted(gone.length, 'resource')} that an earlier apply has replaced (deposed) ${gone.length === 1 ? 'is' : 'are'} destroyed, and what took their place stays: ${listed(gone.map(({ address }) => address))}`,
      cure: 'make sure that the product no longer uses what was replaced: an application that goes takes its credentials and consents with it',
    },
  ];
}
