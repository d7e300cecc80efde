import type { CertificateRule } from './certificate-rule';

/** Nobody relies on the signature of a self-signed certificate: it is trusted by its thumbprint or its place in a store. */
export const sha1SelfSignature: CertificateRule = {
  id: 'certificate-sha1-self-signature',
  severity: 'error',
  acceptable: true,
  sentence: 'a self-signed certificate is signed with SHA-1, as old tools did: it works where it is trusted already',
  source: 'https://www.rfc-editor.org/rfc/rfc9155',
  check({ certificate }) {
    if (certificate.signatureHash !== 'sha1' || !certificate.isSelfSigned) return undefined;
    return {
      message: 'it is self-signed with sha1, where sha256, sha384 and sha512 are taken',
      cure: 'issue a new certificate, or accept this one until it is renewed',
    };
  },
};
