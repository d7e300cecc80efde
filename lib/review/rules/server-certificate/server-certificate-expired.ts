import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function serverCertificateExpired({ installations }: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return installations.flatMap(({ after, before }) => {
    const isNew = after !== undefined && after.thumbprint !== before?.thumbprint;
    if (!isNew || !(Date.parse(after.expires) < at.getTime())) return [];
    return {
      subject: `${after.lineage} ${after.generation}`,
      message: `the ${after.role} of ${after.host} shall be ${after.thumbprint} (${after.lineage} ${after.generation}), which expired at ${after.expires}`,
      cure: 'renew it ("vb365 renew"), or import its successor, and plan again',
    };
  });
}
