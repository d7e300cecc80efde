import type { PlannedApplication } from '../../stack/application';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import { shownUri } from '../../changes/redirect-uris';
import { listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';
import { createdApplications, isCreatedAgain } from './application-created-again';

/** What it may do is told by the rules about consent; its redirect URIs are told here. */
export function applicationCreated(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return createdApplications(stack)
    .filter((application) => !isCreatedAgain(application, stack, context))
    .map((application) => ({
      subject: application.displayName,
      message: `the application ${application.displayName} is created in the tenant of ${stack.stack}${redirectsOf(application, stack)}`,
      cure: 'give its client id, which the apply tells, to the product',
    }));
}

function redirectsOf(application: PlannedApplication, { redirectUris }: StackPlan): string {
  const uris = redirectUris.filter((entry) => entry.application === application).flatMap(({ after }) => after);
  return uris.length === 0 ? '' : `, with the redirect URIs ${listed(uris.map(shownUri))}`;
}
