import { formatPermissions } from '../../changes/permissions';
import { lostPermissions } from '../../changes/removed-permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function permissionRemoved(stack: StackPlan): ReviewComplaint[] {
  return lostPermissions(stack, 'needed').map(({ application, permissions, roles }) => ({
    subject: subjectOf(stack, application),
    message: `${applicationOf(stack, application)} loses ${counted(permissions.length + roles.length, 'permission')} that ${stack.owner === undefined ? 'the product may' : 'the declared services still'} need: ${formatPermissions(permissions, roles)}; whatever needs them fails`,
    cure: 'keep what is needed, or take the services or purposes that need them out of vb365.yaml',
  }));
}
