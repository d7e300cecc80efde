import type { CertificateRule } from './certificate-rule';

/** A warning: `openssl req -x509` makes every self-signed certificate an authority unless it is told otherwise. */
export const authorityAsLeaf: CertificateRule = {
  id: 'certificate-authority-as-leaf',
  severity: 'warning',
  acceptable: true,
  sentence:
    'the certificate is one of a certification authority: whoever holds its key can issue certificates for any host to all that trust it',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9',
  check({ certificate }) {
    if (!certificate.isCertificateAuthority) return undefined;
    return {
      message: 'its basic constraints say CA:TRUE, where CA:FALSE or none is meant for a server or an application',
      cure: 'take a certificate with basicConstraints CA:FALSE, such as "vb365 issue" makes',
    };
  },
};
