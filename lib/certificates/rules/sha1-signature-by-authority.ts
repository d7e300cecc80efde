import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

export function sha1SignatureByAuthority({ certificate }: CertificateRuleInput): CertificateComplaint | undefined {
  if (certificate.signatureHash !== 'sha1' || certificate.isSelfSigned) return undefined;
  return {
    message: `its issuer ${certificate.issuer} signed it with sha1, where sha256, sha384 and sha512 are taken`,
    cure: 'ask the certification authority for a certificate that is signed with SHA-256',
  };
}
