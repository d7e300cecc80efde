import { formatPermissions } from '../../changes/permissions';
import { lostPermissions } from '../../changes/removed-permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function permissionDropped(stack: StackPlan): ReviewComplaint[] {
  return lostPermissions(stack, 'unneeded').map(({ application, permissions, roles }) => ({
    subject: subjectOf(stack, application),
    message: `${applicationOf(stack, application)} loses ${counted(permissions.length + roles.length, 'permission')} that the declared services do not need: ${formatPermissions(permissions, roles)}`,
    cure: 'make sure that nothing else uses the application',
  }));
}
