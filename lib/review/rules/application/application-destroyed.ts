import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function applicationDestroyed({ applications, stack }: StackPlan): ReviewComplaint[] {
  return applications.all
    .filter(({ deposed, effect, owned }) => owned && !deposed && effect === 'destroy')
    .map(({ clientId, displayName }) => ({
      subject: displayName,
      message: `the application ${displayName} (${clientId ?? 'no client id'}) of ${stack} is destroyed, with its credentials and consents: every backup and restore that signs in as it stops`,
      cure: 'apply this only when the product no longer uses it; Entra keeps a deleted application for 30 days, and a new one has another client id',
    }));
}
