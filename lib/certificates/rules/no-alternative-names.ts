import { hostsThatClientsCheck } from './hosts';
import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** Silent where the common name does not fit either: the rule about names says that. */
export function noAlternativeNames({ certificate, profile }: CertificateRuleInput): CertificateComplaint | undefined {
  const hosts = hostsThatClientsCheck(profile);
  if (hosts.length === 0 || certificate.dnsNames.length + certificate.ipAddresses.length > 0) return undefined;
  if (!hosts.every((host) => certificate.coversHost(host))) return undefined;
  return {
    message: `it has no alternative names, where ${hosts.join(', ')} should stand; only its subject, ${certificate.subject}, fits`,
    cure: 'take a certificate that holds its hosts among the alternative names',
  };
}
