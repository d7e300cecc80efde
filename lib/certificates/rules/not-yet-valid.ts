import { formatInstant } from '../../words/instant';
import type { CertificateRule } from './certificate-rule';

export const notYetValid: CertificateRule = {
  id: 'certificate-not-yet-valid',
  severity: 'error',
  acceptable: false,
  sentence: 'the certificate is not valid yet: it would replace one that works by one that does not',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  check({ certificate, at }) {
    const { notBefore } = certificate;
    if (at.getTime() >= notBefore.getTime()) return undefined;
    return {
      message: `it becomes valid at ${formatInstant(notBefore)}, after ${formatInstant(at)}`,
      cure: `wait until ${formatInstant(notBefore)}, and check the clock of this machine`,
    };
  },
};
