import { defaultPolicy } from '../../../config/policy';
import { DAY } from '../../../words/days';
import type { InstallationContent } from '../../stack/installation';
import type { ReviewContext } from '../../stack/stack-plan';
import type { ReviewRule } from '../review-rule';

/** One that comes although it has expired is told by the rule about that. */
export const serverCertificateExpiring: ReviewRule = {
  id: 'server-certificate-expiring',
  severity: 'warn',
  adjustable: true,
  sentence:
    'the certificate of a role that only the server uses has expired or is inside its renewal window, and the plan brings no successor',
  source: 'certificates.renewBeforeDays of vb365.yaml',
  check({ installations }, context) {
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
  },
};

function renewBeforeDays({ lineage }: InstallationContent, { certificates }: ReviewContext): number {
  const declaration = certificates.declarations.find(({ name }) => name === lineage);
  return (declaration?.policy ?? defaultPolicy).renewBeforeDays;
}
