import { listed } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

/** Key credentials are told by the rules about those. */
export const deposedDestroyed: ReviewRule = {
  id: 'deposed-destroyed',
  severity: 'warn',
  adjustable: true,
  sentence:
    'what an earlier apply has replaced and could not destroy is destroyed now: the live resource at the same address stays',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  check({ plan, stack }) {
    const gone = plan.changes.filter(({ deposed, effect, managed }) => managed && deposed && effect === 'destroy');
    if (gone.length === 0) return [];
    return [
      {
        subject: stack,
        message: `${counted(gone.length, 'resource')} that an earlier apply has replaced (deposed) ${gone.length === 1 ? 'is' : 'are'} destroyed, and what took their place stays: ${listed(gone.map(({ address }) => address))}`,
        cure: 'make sure that the product no longer uses what was replaced: an application that goes takes its credentials and consents with it',
      },
    ];
  },
};
