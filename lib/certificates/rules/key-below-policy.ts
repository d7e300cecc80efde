import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';
import { SMALLEST_KEY } from './key-too-small';

/** Silent about a key that is too short for anything: the rule about that says more. */
export function keyBelowPolicy({
  certificate,
  minimumKeySize,
}: CertificateRuleInput): CertificateComplaint | undefined {
  // The least that a policy can ask for is what every key must have.
  if (minimumKeySize === undefined || minimumKeySize <= SMALLEST_KEY) return undefined;
  const { keySize } = certificate;
  if (keySize === undefined || keySize < SMALLEST_KEY || keySize >= minimumKeySize) return undefined;
  return {
    message: `the RSA key has ${keySize} bits, where ${minimumKeySize} are asked for`,
    cure: `take a certificate with a key of ${minimumKeySize} bits, or lower keySize`,
  };
}
