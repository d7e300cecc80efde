import { fullDays } from '../../../words/days';
import { formatInstant } from '../../../words/instant';
import { leavingName } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function credentialRetiredEarly(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return judgeRemovals(stack, at).early.map(({ credential, isNew, retireAfterDays, successor }) => ({
    subject: leavingName(credential),
    message: `the certificate ${leavingName(credential)} leaves ${applicationOf(stack, credential.application)} although its successor ${isNew ? 'comes with the same apply' : `is valid only since ${formatInstant(successor.notBefore)}`}: both overlap for ${isNew ? '0 days' : fullDays(successor.notBefore, at)}, where ${counted(retireAfterDays, 'day')} are asked for`,
    cure: 'make sure that the product uses the successor, or wait: "vb365 retire" takes the old one away in time',
  }));
}
