import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function redirectUriForeign(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return redirectUriChanges(stack, context).flatMap(({ application, foreign, platform }) =>
    foreign.map(({ uri, why }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} gets the redirect URI ${shownUri(uri)} (${redirectPlatforms[platform].name}), which nobody has declared (${shownUri(why)}): whoever answers there receives the tokens of those who sign in`,
      cure: 'leave it out; one that is yours belongs into restorePortal of vb365.yaml, as webAddress or among additionalRedirectUris',
    })),
  );
}
