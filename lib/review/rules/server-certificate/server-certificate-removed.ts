import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Nothing happens on the server. */
export function serverCertificateRemoved({ installations }: StackPlan): ReviewComplaint[] {
  return installations.flatMap(({ after, before, effect }) => {
    if (before === undefined || after !== undefined || effect === 'forget') return [];
    return {
      subject: `${before.lineage} ${before.generation}`,
      message: `the stack no longer declares the ${before.role} of ${before.host} (${before.lineage} ${before.generation}); the server keeps using it until it expires at ${before.expires}`,
      cure: 'make sure that the role is no longer in use, or declare it again in vb365.yaml',
    };
  });
}
