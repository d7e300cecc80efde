import { formatInstant } from '../../words/instant';
import { fullDays } from '../../words/days';
import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** The last second still counts: RFC 5280 calls the validity inclusive. */
export function expired({ certificate, at }: CertificateRuleInput): CertificateComplaint | undefined {
  const { notAfter } = certificate;
  if (at.getTime() <= notAfter.getTime()) return undefined;
  return {
    message: `it expired at ${formatInstant(notAfter)}, ${fullDays(notAfter, at)} before ${formatInstant(at)}`,
    cure: 'renew the certificate, or import its successor',
  };
}
