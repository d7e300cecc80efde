import { signsIn } from '../../stack/credential';
import { leavingName } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf, listed, subjectOf, whatStops } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function credentialLastValidRemoved(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return judgeRemovals(stack, at).lastValid.map(({ application, remaining, removed }) => ({
    subject: subjectOf(stack, application),
    message: `the certificate ${listed(removed.map(leavingName))} is taken away, and no valid certificate${remaining.some(({ after }) => signsIn(after, at)) ? ' that was there before this apply' : ''} remains on ${applicationOf(stack, application)}: ${whatStops(stack)} stops`,
    cure: 'publish a valid certificate first ("vb365 renew", "vb365 import"), and take this one away in a later apply',
  }));
}
