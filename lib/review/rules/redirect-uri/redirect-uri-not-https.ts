import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function redirectUriNotHttps(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return redirectUriChanges(stack, context)
    .filter(({ insecure: uris }) => uris.length > 0)
    .map(({ application, platform, insecure: uris }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} gets the redirect URI ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}), which is not https: tokens travel there unprotected`,
      cure: 'write https://; Entra takes http for localhost only',
    }));
}
