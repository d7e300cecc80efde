import { missingPortalAddresses } from '../../changes/redirect-uris';
import { listed, ownerName } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const portalAddressMissing: ReviewRule = {
  id: 'portal-address-missing',
  severity: 'block',
  adjustable: true,
  sentence:
    'the web address of Restore Portal is not among the redirect URIs of its application: nobody can sign in to the portal',
  source: 'https://helpcenter.veeam.com/docs/vbo365/guide/vbo_restore_portal_settings.html',
  check(stack) {
    return missingPortalAddresses(stack).map(({ addresses, application }) => ({
      subject: application.displayName,
      message: `the application ${application.displayName} will not have ${listed(addresses)} among its redirect URIs, where Restore Portal of ${ownerName(stack)} is opened: every sign-in to the portal fails with AADSTS50011`,
      cure: 'keep the Restore Portal web address of vb365.yaml among the redirect URIs of the single-page application',
    }));
  },
};
