import type { Certificate } from '../certificate';
import { hostsThatClientsCheck } from './hosts';
import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

export function nameMismatch({ certificate, profile }: CertificateRuleInput): CertificateComplaint | undefined {
  const missing = hostsThatClientsCheck(profile).filter((host) => !certificate.coversHost(host));
  if (missing.length === 0) return undefined;
  return {
    message: `it does not name ${missing.join(', ')}; it names ${namesOf(certificate)}`,
    cure: 'take a certificate whose alternative names hold each of these hosts, or correct the hosts in vb365.yaml',
  };
}

function namesOf(certificate: Certificate): string {
  const names = [...certificate.dnsNames, ...certificate.ipAddresses];
  return names.length > 0 ? names.join(', ') : `only its subject, ${certificate.subject}`;
}
