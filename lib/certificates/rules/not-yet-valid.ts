import { formatInstant } from '../../words/instant';
import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

export function notYetValid({ certificate, at }: CertificateRuleInput): CertificateComplaint | undefined {
  const { notBefore } = certificate;
  if (at.getTime() >= notBefore.getTime()) return undefined;
  return {
    message: `it becomes valid at ${formatInstant(notBefore)}, after ${formatInstant(at)}`,
    cure: `wait until ${formatInstant(notBefore)}, and check the clock of this machine`,
  };
}
