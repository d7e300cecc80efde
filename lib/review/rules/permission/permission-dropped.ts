import { formatPermissions } from '../../changes/permissions';
import { lostPermissions } from '../../changes/removed-permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const permissionDropped: ReviewRule = {
  id: 'permission-dropped',
  severity: 'note',
  adjustable: true,
  sentence: 'an application loses permissions that the declared services and purposes do not need (any more)',
  source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  check(stack) {
    return lostPermissions(stack, 'unneeded').map(({ application, permissions, roles }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} loses ${counted(permissions.length + roles.length, 'permission')} that the declared services do not need: ${formatPermissions(permissions, roles)}`,
      cure: 'make sure that nothing else uses the application',
    }));
  },
};
