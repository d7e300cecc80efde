import { hostsThatClientsCheck } from './hosts';
import type { CertificateRule } from './certificate-rule';

/** Silent where the common name does not fit either: the rule about names says that. */
export const noAlternativeNames: CertificateRule = {
  id: 'certificate-no-alternative-names',
  severity: 'warning',
  acceptable: true,
  sentence: 'the certificate of a TLS server names its host in the common name only, which browsers no longer look at',
  source: 'https://www.rfc-editor.org/rfc/rfc9525#appendix-A',
  check({ certificate, profile }) {
    const hosts = hostsThatClientsCheck(profile);
    if (hosts.length === 0 || certificate.dnsNames.length + certificate.ipAddresses.length > 0) return undefined;
    if (!hosts.every((host) => certificate.coversHost(host))) return undefined;
    return {
      message: `it has no alternative names, where ${hosts.join(', ')} should stand; only its subject, ${certificate.subject}, fits`,
      cure: 'take a certificate that holds its hosts among the alternative names',
    };
  },
};
