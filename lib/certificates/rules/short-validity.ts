import { formatInstant } from '../../words/instant';
import { DAY, fullDays } from '../../words/days';
import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** Silent about a certificate that has expired: the rule about that says more. */
export function shortValidity({
  certificate,
  at,
  minimumValidityDays = 0,
}: CertificateRuleInput): CertificateComplaint | undefined {
  const { notAfter } = certificate;
  const remaining = notAfter.getTime() - at.getTime();
  if (remaining < 0 || remaining >= minimumValidityDays * DAY) return undefined;
  return {
    message: `it expires at ${formatInstant(notAfter)}, in ${fullDays(at, notAfter)}, where ${minimumValidityDays} days are asked for`,
    cure: 'take a certificate that lasts longer, or lower renewBeforeDays',
  };
}
