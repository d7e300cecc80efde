import { whatStops } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function applicationReplaced(stack: StackPlan): ReviewComplaint[] {
  return stack.applications.all
    .filter(({ deposed, effect, owned }) => owned && !deposed && effect === 'replace')
    .map(({ clientId, deletedByHand, displayName }) => ({
      subject: displayName,
      message: `the application ${displayName} (${clientId ?? 'no client id'}) ${deletedByHand ? 'was deleted outside of Terraform and is' : 'is destroyed and'} made anew under another client id: ${whatStops(stack)} stops until the product is given the new one, with a new admin consent`,
      cure: deletedByHand
        ? 'restore it in Entra, which keeps a deleted application for 30 days, and plan again'
        : 'find out what forces the replacement ("terraform plan" says it) and undo that; nothing in vb365.yaml needs it',
    }));
}
