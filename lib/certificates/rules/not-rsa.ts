import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** A key of type `rsa-pss` is refused too: it cannot live in a Windows CSP, nor serve the key exchange of TLS 1.2. */
export function notRsa({ certificate }: CertificateRuleInput): CertificateComplaint | undefined {
  if (certificate.keyAlgorithm === 'rsa') return undefined;
  return {
    message: `the key is of type ${certificate.keyAlgorithm}, where only rsa is taken`,
    cure: 'request or issue a certificate with an RSA key of 2048 bits or more',
  };
}
