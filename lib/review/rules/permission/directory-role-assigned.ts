import { neededGrants } from './permission-beyond-services';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function directoryRoleAssigned(stack: StackPlan): ReviewComplaint[] {
  return neededGrants(stack)
    .filter(({ addedRoles }) => addedRoles.length > 0)
    .map(({ addedRoles, application }) => ({
      subject: subjectOf(stack, application),
      message: `the directory role ${listed(addedRoles)} is assigned to ${applicationOf(stack, application)}, for the whole tenant`,
      cure: 'make sure that an administrator of the tenant agrees; Exchange Online without a person needs Global Reader, and no more',
    }));
}
