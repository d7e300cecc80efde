import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function redirectUriRemoved(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return redirectUriChanges(stack, context)
    .filter(({ removed: uris }) => uris.length > 0)
    .map(({ application, platform, removed: uris }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} loses the redirect URI ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}): sign-ins that come from there fail with AADSTS50011`,
      cure: 'make sure that nobody opens the portal by that address any more',
    }));
}
