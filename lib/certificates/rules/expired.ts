import { formatInstant } from '../../words/instant';
import { fullDays } from '../../words/days';
import type { CertificateRule } from './certificate-rule';

/** The last second still counts: RFC 5280 calls the validity inclusive. */
export const expired: CertificateRule = {
  id: 'certificate-expired',
  severity: 'error',
  acceptable: false,
  sentence: 'the certificate has expired: sign-ins with it fail with AADSTS700027, and TLS clients refuse it',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  check({ certificate, at }) {
    const { notAfter } = certificate;
    if (at.getTime() <= notAfter.getTime()) return undefined;
    return {
      message: `it expired at ${formatInstant(notAfter)}, ${fullDays(notAfter, at)} before ${formatInstant(at)}`,
      cure: 'renew the certificate, or import its successor',
    };
  },
};
