import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** A warning: `openssl req -x509` makes every self-signed certificate an authority unless it is told otherwise. */
export function authorityAsLeaf({ certificate }: CertificateRuleInput): CertificateComplaint | undefined {
  if (!certificate.isCertificateAuthority) return undefined;
  return {
    message: 'its basic constraints say CA:TRUE, where CA:FALSE or none is meant for a server or an application',
    cure: 'take a certificate with basicConstraints CA:FALSE, such as "vb365 issue" makes',
  };
}
