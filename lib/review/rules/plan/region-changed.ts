import { registration } from '../../stack/stack-plan';
import type { ReviewRule } from '../review-rule';

/** An application lives in the cloud it was made in; only a new one can live elsewhere. */
export const regionChanged: ReviewRule = {
  id: 'region-changed',
  severity: 'block',
  adjustable: true,
  sentence:
    'the region of a stack changes while its applications stay: they are registered in the cloud of the old region, and the new one does not know them',
  source: 'https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud',
  check({ plan, stack }) {
    const { after, before } = registration(plan);
    if (before.region === undefined || after.region === undefined || before.region === after.region) return [];
    return [
      {
        subject: stack,
        message: `the region changes from ${before.region} to ${after.region}, and the applications of ${stack} are registered in ${before.region}: every sign-in and the next plan fail`,
        cure: 'give the organization in the new region a name of its own in vb365.yaml, deploy it, and remove the old one once its backups have moved',
      },
    ];
  },
};
