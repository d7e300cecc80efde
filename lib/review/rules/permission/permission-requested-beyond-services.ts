import { formatPermissions } from '../../changes/permissions';
import { beyondServices } from './permission-beyond-services';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** What is granted as well is told by the rule about that. */
export function permissionRequestedBeyondServices(stack: StackPlan): ReviewComplaint[] {
  return beyondServices(stack).flatMap(({ application, requested }) => {
    if (requested.length === 0) return [];
    return {
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} asks for ${counted(requested.length, 'permission')} that the declared services and purposes do not need: ${formatPermissions(requested)}; the next admin consent grants ${requested.length === 1 ? 'it' : 'them'}`,
      cure: 'leave out what is not needed, or declare the services and purposes that need it in vb365.yaml',
    };
  });
}
