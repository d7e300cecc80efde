import type { CertificateRule } from './certificate-rule';

const BROKEN_HASHES: readonly string[] = ['md2', 'md4', 'md5'];

export const md5Signature: CertificateRule = {
  id: 'certificate-md5-signature',
  severity: 'error',
  acceptable: false,
  sentence: 'the signature is made with MD5 or an older hash, for which anybody can make a second certificate',
  source: 'https://www.rfc-editor.org/rfc/rfc6151#section-2',
  check({ certificate }) {
    if (!BROKEN_HASHES.includes(certificate.signatureHash)) return undefined;
    return {
      message: `it is signed with ${certificate.signatureHash}, where sha256, sha384 and sha512 are taken`,
      cure: 'have the certificate issued anew with SHA-256',
    };
  },
};
