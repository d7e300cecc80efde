import type { CertificateRule } from './certificate-rule';

const SMALLEST_KEY = 2048;

export const keyTooSmall: CertificateRule = {
  id: 'certificate-key-too-small',
  severity: 'error',
  acceptable: false,
  sentence: 'the RSA key is shorter than 2048 bits, which Windows and current TLS clients refuse',
  source: 'https://learn.microsoft.com/en-us/entra/identity-platform/howto-create-self-signed-certificate',
  check({ certificate }) {
    const { keySize } = certificate;
    if (keySize === undefined || keySize >= SMALLEST_KEY) return undefined;
    return {
      message: `the RSA key has ${keySize} bits, where ${SMALLEST_KEY} is the least`,
      cure: `request or issue a certificate with a key of ${SMALLEST_KEY} bits or more`,
    };
  },
};
