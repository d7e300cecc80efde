import { formatPermissions } from '../../changes/permissions';
import { neededGrants } from './permission-beyond-services';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function applicationPermissionConsented(stack: StackPlan): ReviewComplaint[] {
  return neededGrants(stack).flatMap(({ application, granted }) => {
    const permissions = granted.added.filter(({ kind }) => kind === 'application');
    if (permissions.length === 0) return [];
    return {
      subject: subjectOf(stack, application),
      message: `admin consent is given to ${counted(permissions.length, 'application permission')} of ${applicationOf(stack, application)}, for the whole tenant and without a person who signs in: ${formatPermissions(permissions)}`,
      cure: 'make sure that an administrator of the tenant agrees',
    };
  });
}
