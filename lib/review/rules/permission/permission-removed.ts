import { formatPermissions } from '../../changes/permissions';
import { lostPermissions } from '../../changes/removed-permissions';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const permissionRemoved: ReviewRule = {
  id: 'permission-removed',
  severity: 'warn',
  adjustable: true,
  sentence:
    'an application loses permissions or directory roles that the declared services and purposes still need: what uses them fails',
  source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  check(stack) {
    return lostPermissions(stack, 'needed').map(({ application, permissions, roles }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} loses ${counted(permissions.length + roles.length, 'permission')} that ${stack.owner === undefined ? 'the product may' : 'the declared services still'} need: ${formatPermissions(permissions, roles)}; whatever needs them fails`,
      cure: 'keep what is needed, or take the services or purposes that need them out of vb365.yaml',
    }));
  },
};
