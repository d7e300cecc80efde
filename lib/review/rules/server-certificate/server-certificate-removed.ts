import type { ReviewRule } from '../review-rule';

/** Nothing happens on the server. */
export const serverCertificateRemoved: ReviewRule = {
  id: 'server-certificate-removed',
  severity: 'warn',
  adjustable: true,
  sentence:
    'the stack no longer says which certificate a role of the server uses: nobody is told any more when that one expires',
  source: 'https://helpcenter.veeam.com/docs/vbo365/powershell/',
  check({ installations }) {
    return installations.flatMap(({ after, before, effect }) => {
      if (before === undefined || after !== undefined || effect === 'forget') return [];
      return {
        subject: `${before.lineage} ${before.generation}`,
        message: `the stack no longer declares the ${before.role} of ${before.host} (${before.lineage} ${before.generation}); the server keeps using it until it expires at ${before.expires}`,
        cure: 'make sure that the role is no longer in use, or declare it again in vb365.yaml',
      };
    });
  },
};
