import { redirectPlatforms } from '../../../addresses/redirect-platforms';
import { redirectUriChanges, shownUri } from '../../changes/redirect-uris';
import { applicationOf, listed, subjectOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** An application that is created tells its redirect URIs itself. */
export function redirectUriAdded(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return redirectUriChanges(stack, context)
    .filter(({ application }) => application?.effect !== 'create')
    .filter(({ added: uris }) => uris.length > 0)
    .map(({ application, platform, added: uris }) => ({
      subject: subjectOf(stack, application),
      message: `${applicationOf(stack, application)} gets the redirect URI ${listed(uris.map(shownUri))} (${redirectPlatforms[platform].name}): Entra sends people who have signed in there`,
      cure: 'make sure that it is yours, and stays yours, whatever answers there',
    }));
}
