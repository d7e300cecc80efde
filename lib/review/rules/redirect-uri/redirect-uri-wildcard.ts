import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function redirectUriWildcard(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return redirectUriChanges(stack, context)
    .filter(({ wildcards: uris }) => uris.length > 0)
    .map(({ application, platform, wildcards: uris }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} gets a redirect URI with a wildcard, ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}): whoever controls one address that fits receives the tokens of everybody who signs in`,
      cure: 'name each address in full',
    }));
}
