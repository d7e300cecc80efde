import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const redirectUriRemoved: ReviewRule = {
  id: 'redirect-uri-removed',
  severity: 'warn',
  adjustable: true,
  sentence: 'a redirect URI is removed: whoever opens the application by that address can no longer sign in',
  source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  check(stack) {
    return redirectUriChanges(stack)
      .filter(({ removed: uris }) => uris.length > 0)
      .map(({ application, platform, removed: uris }) => ({
        subject: subjectOf(stack, application),
        message: `${applicationOf(stack, application)} loses the redirect URI ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}): sign-ins that come from there fail with AADSTS50011`,
        cure: 'make sure that nobody opens the portal by that address any more',
      }));
  },
};
