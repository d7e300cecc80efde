import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const redirectUriNotHttps: ReviewRule = {
  id: 'redirect-uri-not-https',
  severity: 'block',
  adjustable: true,
  sentence:
    'a redirect URI is added that is not https: tokens travel where anybody on the way, or any program, can read them',
  source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  check(stack) {
    return redirectUriChanges(stack)
      .filter(({ insecure: uris }) => uris.length > 0)
      .map(({ application, platform, insecure: uris }) => ({
        subject: subjectOf(stack, application),
        message: `${applicationOf(stack, application)} gets the redirect URI ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}), which is not https: tokens travel there unprotected`,
        cure: 'write https://; Entra takes http for localhost only',
      }));
  },
};
