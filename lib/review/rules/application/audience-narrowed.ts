import { textOf } from '../../../plan/json-values';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { audienceWidth } from '../../changes/audiences';

export function audienceNarrowed({ applications }: StackPlan): ReviewComplaint[] {
  return applications.all
    .filter(({ effect, owned }) => owned && effect === 'update')
    .filter(({ after, before }) => audienceWidth(after.sign_in_audience) < audienceWidth(before.sign_in_audience))
    .map(({ after, before, displayName }) => ({
      subject: displayName,
      message: `the sign-in audience of the application ${displayName} changes from ${textOf(before.sign_in_audience) ?? 'none'} to ${textOf(after.sign_in_audience) ?? 'the own tenant'}: people of other tenants can no longer sign in`,
      cure: 'make sure that nobody of another tenant uses it, or set multiTenant in vb365.yaml',
    }));
}
