import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const redirectUriWildcard: ReviewRule = {
  id: 'redirect-uri-wildcard',
  severity: 'block',
  adjustable: true,
  sentence: 'a redirect URI with a wildcard is added: whoever gets hold of any address that fits receives the tokens',
  source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  check(stack) {
    return redirectUriChanges(stack)
      .filter(({ wildcards: uris }) => uris.length > 0)
      .map(({ application, platform, wildcards: uris }) => ({
        subject: subjectOf(stack, application),
        message: `${applicationOf(stack, application)} gets a redirect URI with a wildcard, ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}): whoever controls one address that fits receives the tokens of everybody who signs in`,
        cure: 'name each address in full',
      }));
  },
};
