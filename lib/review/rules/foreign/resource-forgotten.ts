import { listed } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const resourceForgotten: ReviewRule = {
  id: 'resource-forgotten',
  severity: 'note',
  adjustable: true,
  sentence:
    'Terraform lets go of resources without destroying them: they stay in Entra, and no plan shows them any more',
  source: 'https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources',
  check({ plan, stack }) {
    const forgotten = plan.changes.filter(({ effect, managed }) => managed && effect === 'forget');
    if (forgotten.length === 0) return [];
    return [
      {
        subject: stack,
        message: `Terraform lets go of ${counted(forgotten.length, 'resource')} and destroys nothing: ${listed(forgotten.map(({ address }) => address))}`,
        cure: 'take away by hand in Entra what nobody needs any more',
      },
    ];
  },
};
