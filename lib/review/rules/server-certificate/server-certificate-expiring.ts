import { defaultPolicy } from '../../../config/policy';
import { DAY } from '../../../words/days';
import type { InstallationContent } from '../../stack/installation';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** One that comes although it has expired is told by the rule about that. */
export function serverCertificateExpiring({ installations }: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return installations.flatMap(({ after, before, effect }) => {
    if (after === undefined || effect === 'forget') return [];
    const left = Date.parse(after.expires) - context.at.getTime();
    const isToldAlready = left < 0 && after.thumbprint !== before?.thumbprint;
    if (isToldAlready || !(left <= renewBeforeDays(after, context) * DAY)) return [];
    return {
      subject: `${after.lineage} ${after.generation}`,
      message: `the ${after.role} of ${after.host}, ${after.lineage} ${after.generation}, ${left < 0 ? 'expired' : 'expires'} at ${after.expires}, and no successor is declared`,
      cure: 'renew it now ("vb365 renew"), or import its successor, and install it',
    };
  });
}

function renewBeforeDays({ lineage }: InstallationContent, { certificates }: ReviewContext): number {
  const declaration = certificates.declarations.find(({ name }) => name === lineage);
  return (declaration?.policy ?? defaultPolicy).renewBeforeDays;
}
