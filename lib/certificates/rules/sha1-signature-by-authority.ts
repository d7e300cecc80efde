import type { CertificateRule } from './certificate-rule';

export const sha1SignatureByAuthority: CertificateRule = {
  id: 'certificate-sha1-signature-by-authority',
  severity: 'error',
  acceptable: false,
  sentence: 'a certification authority has signed with SHA-1: Windows and browsers no longer trust such a chain',
  source: 'https://www.rfc-editor.org/rfc/rfc9155',
  check({ certificate }) {
    if (certificate.signatureHash !== 'sha1' || certificate.isSelfSigned) return undefined;
    return {
      message: `its issuer ${certificate.issuer} signed it with sha1, where sha256, sha384 and sha512 are taken`,
      cure: 'ask the certification authority for a certificate that is signed with SHA-256',
    };
  },
};
