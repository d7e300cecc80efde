import { formatInstant } from '../../words/instant';
import { DAY, fullDays } from '../../words/days';
import type { CertificateRule } from './certificate-rule';

/** Silent about a certificate that has expired: the rule about that says more. */
export const shortValidity: CertificateRule = {
  id: 'certificate-short-validity',
  severity: 'error',
  acceptable: true,
  sentence:
    'the certificate expires within the days that its policy asks for, so that it would have to be renewed at once',
  source: 'certificates.renewBeforeDays of vb365.yaml',
  check({ certificate, at, minimumValidityDays = 0 }) {
    const { notAfter } = certificate;
    const remaining = notAfter.getTime() - at.getTime();
    if (remaining < 0 || remaining >= minimumValidityDays * DAY) return undefined;
    return {
      message: `it expires at ${formatInstant(notAfter)}, in ${fullDays(at, notAfter)}, where ${minimumValidityDays} days are asked for`,
      cure: 'take a certificate that lasts longer, or lower renewBeforeDays',
    };
  },
};
