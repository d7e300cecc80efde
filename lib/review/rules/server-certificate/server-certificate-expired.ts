import type { ReviewRule } from '../review-rule';

export const serverCertificateExpired: ReviewRule = {
  id: 'server-certificate-expired',
  severity: 'block',
  adjustable: true,
  sentence: 'a role that only the server uses shall get a certificate that has expired already',
  source: 'https://helpcenter.veeam.com/docs/vbo365/powershell/',
  check({ installations }, { at }) {
    return installations.flatMap(({ after, before }) => {
      const isNew = after !== undefined && after.thumbprint !== before?.thumbprint;
      if (!isNew || !(Date.parse(after.expires) < at.getTime())) return [];
      return {
        subject: `${after.lineage} ${after.generation}`,
        message: `the ${after.role} of ${after.host} shall be ${after.thumbprint} (${after.lineage} ${after.generation}), which expired at ${after.expires}`,
        cure: 'renew it ("vb365 renew"), or import its successor, and plan again',
      };
    });
  },
};
