import type { ReviewRule } from '../review-rule';

export const applicationDestroyed: ReviewRule = {
  id: 'application-destroyed',
  severity: 'block',
  adjustable: true,
  sentence:
    'an Entra application is destroyed, and with it every credential and every consent: nothing signs in as it any more',
  source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/delete-recover-faq',
  check({ applications, stack }) {
    return applications.all
      .filter(({ deposed, effect, owned }) => owned && !deposed && effect === 'destroy')
      .map(({ clientId, displayName }) => ({
        subject: displayName,
        message: `the application ${displayName} (${clientId ?? 'no client id'}) of ${stack} is destroyed, with its credentials and consents: every backup and restore that signs in as it stops`,
        cure: 'apply this only when the product no longer uses it; Entra keeps a deleted application for 30 days, and a new one has another client id',
      }));
  },
};
