import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

const BROKEN_HASHES: readonly string[] = ['md2', 'md4', 'md5'];

export function md5Signature({ certificate }: CertificateRuleInput): CertificateComplaint | undefined {
  if (!BROKEN_HASHES.includes(certificate.signatureHash)) return undefined;
  return {
    message: `it is signed with ${certificate.signatureHash}, where sha256, sha384 and sha512 are taken`,
    cure: 'have the certificate issued anew with SHA-256',
  };
}
