import { missingPortalAddresses } from '../../changes/redirect-uris';
import { listed, ownerName } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function portalAddressMissing(stack: StackPlan): ReviewComplaint[] {
  return missingPortalAddresses(stack).map(({ addresses, application }) => ({
    subject: application.displayName,
    message: `the application ${application.displayName} will not have ${listed(addresses)} among its redirect URIs, where Restore Portal of ${ownerName(stack)} is opened: every sign-in to the portal fails with AADSTS50011`,
    cure: 'keep the Restore Portal web address of vb365.yaml among the redirect URIs of the single-page application',
  }));
}
