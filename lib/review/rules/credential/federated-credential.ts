import type { ResourceChange } from '../../../plan/plan';
import { textOf } from '../../../plan/json-values';
import { applicationOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function federatedCredential(stack: StackPlan): ReviewComplaint[] {
  return stack.plan.changes.filter(isFederatedCredential).map((change) => {
    const { address, after } = change;
    const what = [after.issuer, after.subject].map((value) => textOf(value) ?? 'not known before the apply');
    return {
      subject: address,
      message: `${address} lets whoever has a token of ${what.join(' for ')} sign in as ${applicationOf(stack, stack.applications.of(change, 'application_id'))}`,
      cure: 'remove it: Veeam signs in with a certificate',
    };
  });
}

const TYPES: ReadonlySet<string> = new Set([
  'azuread_application_federated_identity_credential',
  'azuread_application_flexible_federated_identity_credential',
]);

/** Whether it makes one, or lets another issuer or subject in. */
export function isFederatedCredential({ effect, managed, type }: ResourceChange): boolean {
  return managed && TYPES.has(type) && (effect === 'create' || effect === 'update' || effect === 'replace');
}
