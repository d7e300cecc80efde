import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** Nobody relies on the signature of a self-signed certificate: it is trusted by its thumbprint or its place in a store. */
export function sha1SelfSignature({ certificate }: CertificateRuleInput): CertificateComplaint | undefined {
  if (certificate.signatureHash !== 'sha1' || !certificate.isSelfSigned) return undefined;
  return {
    message: 'it is self-signed with sha1, where sha256, sha384 and sha512 are taken',
    cure: 'issue a new certificate, or accept this one until it is renewed',
  };
}
