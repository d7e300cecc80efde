import { formatPermissions } from '../../changes/permissions';
import { withdrawnConsents } from '../../changes/removed-permissions';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function consentWithdrawn(stack: StackPlan): ReviewComplaint[] {
  return withdrawnConsents(stack).map(({ application, permissions, roles }) => ({
    subject: subjectOf(stack, application),
    message: `${applicationOf(stack, application)} loses ${permissions.length > 0 ? 'the consent to every application permission that it needs' : 'a directory role that it needs'} (${formatPermissions(permissions, roles)}): ${whatStops(stack)} stops`,
    cure: 'keep the consent, or take the services and purposes that need it out of vb365.yaml',
  }));
}
