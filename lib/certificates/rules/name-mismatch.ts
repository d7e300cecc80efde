import type { Certificate } from '../certificate';
import { hostsThatClientsCheck } from './hosts';
import type { CertificateRule } from './certificate-rule';

export const nameMismatch: CertificateRule = {
  id: 'certificate-name-mismatch',
  severity: 'error',
  acceptable: true,
  sentence: 'the certificate of a TLS server does not name every host that clients connect to',
  source: 'https://www.rfc-editor.org/rfc/rfc6125#section-6.4',
  check({ certificate, profile }) {
    const missing = hostsThatClientsCheck(profile).filter((host) => !certificate.coversHost(host));
    if (missing.length === 0) return undefined;
    return {
      message: `it does not name ${missing.join(', ')}; it names ${namesOf(certificate)}`,
      cure: 'take a certificate whose alternative names hold each of these hosts, or correct the hosts in vb365.yaml',
    };
  },
};

function namesOf(certificate: Certificate): string {
  const names = [...certificate.dnsNames, ...certificate.ipAddresses];
  return names.length > 0 ? names.join(', ') : `only its subject, ${certificate.subject}`;
}
