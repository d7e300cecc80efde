import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** Bits of an RSA modulus. */
export const SMALLEST_KEY = 2048;

export function keyTooSmall({ certificate }: CertificateRuleInput): CertificateComplaint | undefined {
  const { keySize } = certificate;
  if (keySize === undefined || keySize >= SMALLEST_KEY) return undefined;
  return {
    message: `the RSA key has ${keySize} bits, where ${SMALLEST_KEY} is the least`,
    cure: `request or issue a certificate with a key of ${SMALLEST_KEY} bits or more`,
  };
}
