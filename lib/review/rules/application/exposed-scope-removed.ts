import { removedScopes } from '../../changes/exposed-scopes';
import { listed, whatStops } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const exposedScopeRemoved: ReviewRule = {
  id: 'exposed-scope-removed',
  severity: 'block',
  adjustable: true,
  sentence:
    'an application no longer offers a scope, or offers it under another id: whoever asks for it, as Restore Portal does, cannot sign in',
  source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-expose-web-apis',
  check(stack) {
    return stack.applications.all.flatMap((application) => {
      const scopes = removedScopes(application);
      if (scopes.length === 0) return [];
      return {
        subject: application.displayName,
        message: `the application ${application.displayName} no longer offers the scope ${listed(scopes)}, or offers it under another id: ${whatStops(stack)} stops`,
        cure: 'keep the scope with its id, as the constructs of this library do',
      };
    });
  },
};
