import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function redirectUriWildcard(stack: StackPlan): ReviewComplaint[] {
  return redirectUriChanges(stack)
    .filter(({ wildcards: uris }) => uris.length > 0)
    .map(({ application, platform, wildcards: uris }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} gets a redirect URI with a wildcard, ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}): whoever controls one address that fits receives the tokens of everybody who signs in`,
      cure: 'name each address in full',
    }));
}
