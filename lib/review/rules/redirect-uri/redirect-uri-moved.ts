import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function redirectUriMoved(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return redirectUriChanges(stack, context).flatMap(({ application, moved, platform }) => {
    if (moved === undefined) return [];
    return {
      subject: subjectOf(stack, application),
      message: `the redirect URI (${redirectPlatforms[platform].name}) of ${applicationOf(stack, application)} moves from ${shownUri(moved.from)} to ${shownUri(moved.to)}: sign-ins that come from the old address fail with AADSTS50011`,
      cure: 'apply it when the new address answers; to keep both for a while, name the old one among additionalRedirectUris',
    };
  });
}
