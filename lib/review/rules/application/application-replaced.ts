import { whatStops } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const applicationReplaced: ReviewRule = {
  id: 'application-replaced',
  severity: 'block',
  adjustable: true,
  sentence:
    'an Entra application is replaced by a new one: its client id changes, credentials and consents are lost, and the product does not know the new one',
  source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  check(stack) {
    return stack.applications.all
      .filter(({ deposed, effect, owned }) => owned && !deposed && effect === 'replace')
      .map(({ clientId, deletedByHand, displayName }) => ({
        subject: displayName,
        message: `the application ${displayName} (${clientId ?? 'no client id'}) ${deletedByHand ? 'was deleted outside of Terraform and is' : 'is destroyed and'} made anew under another client id: ${whatStops(stack)} stops until the product is given the new one, with a new admin consent`,
        cure: deletedByHand
          ? 'restore it in Entra, which keeps a deleted application for 30 days, and plan again'
          : 'find out what forces the replacement ("terraform plan" says it) and undo that; nothing in vb365.yaml needs it',
      }));
  },
};
