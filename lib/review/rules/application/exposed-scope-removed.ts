import { removedScopes } from '../../changes/exposed-scopes';
import { listed, whatStops } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function exposedScopeRemoved(stack: StackPlan): ReviewComplaint[] {
  return stack.applications.all.flatMap((application) => {
    const scopes = removedScopes(application);
    if (scopes.length === 0) return [];
    return {
      subject: application.displayName,
      message: `the application ${application.displayName} no longer offers the scope ${listed(scopes)}, or offers it under another id: ${whatStops(stack)} stops`,
      cure: 'keep the scope with its id, as the constructs of this library do',
    };
  });
}
