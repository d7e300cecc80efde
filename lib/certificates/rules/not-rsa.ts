import type { CertificateRule } from './certificate-rule';

/** A key of type `rsa-pss` is refused too: it cannot live in a Windows CSP, nor serve the key exchange of TLS 1.2. */
export const notRsa: CertificateRule = {
  id: 'certificate-not-rsa',
  severity: 'error',
  acceptable: false,
  sentence:
    'the key is not RSA, the only kind that Microsoft Entra ID takes and that Exchange Online finds in a Windows CSP',
  source: 'https://learn.microsoft.com/en-us/powershell/exchange/app-only-auth-powershell-v2',
  check({ certificate }) {
    if (certificate.keyAlgorithm === 'rsa') return undefined;
    return {
      message: `the key is of type ${certificate.keyAlgorithm}, where only rsa is taken`,
      cure: 'request or issue a certificate with an RSA key of 2048 bits or more',
    };
  },
};
