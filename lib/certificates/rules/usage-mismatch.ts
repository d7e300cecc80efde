import type { Certificate } from '../certificate';
import type { CertificateProfile, KeyUsage } from '../profile';
import type { CertificateComplaint, CertificateRuleInput } from './certificate-rule';

/** An extension that is absent allows every use, RFC 5280 §4.2.1.3 and §4.2.1.12. */
export function usageMismatch({ certificate, profile }: CertificateRuleInput): CertificateComplaint | undefined {
  if (profile === undefined) return undefined;
  const missing = [...missingKeyUsages(certificate, profile), ...missingExtendedKeyUsages(certificate, profile)];
  if (missing.length === 0) return undefined;
  return {
    message: `it does not allow ${missing.join(', ')}, which role ${profile.role} needs; it allows ${usagesOf(certificate)}`,
    cure: `take a certificate that allows ${missing.join(', ')}, or that has neither extension`,
  };
}

function missingKeyUsages({ keyUsages }: Certificate, profile: CertificateProfile): string[] {
  return keyUsages === undefined ? [] : neededKeyUsages(profile).filter((usage) => !keyUsages.includes(usage));
}

/** A client only signs. A server also decrypts, for clients that know TLS_RSA key exchange only. */
function neededKeyUsages(profile: CertificateProfile): readonly KeyUsage[] {
  return profile.extendedKeyUsages.includes('serverAuth') ? profile.keyUsages : ['digitalSignature'];
}

function missingExtendedKeyUsages({ extendedKeyUsages }: Certificate, profile: CertificateProfile): string[] {
  if (extendedKeyUsages === undefined || extendedKeyUsages.includes('anyExtendedKeyUsage')) return [];
  return profile.extendedKeyUsages.filter((usage) => !extendedKeyUsages.includes(usage));
}

function usagesOf(certificate: Certificate): string {
  const usages = [...(certificate.keyUsages ?? []), ...(certificate.extendedKeyUsages ?? [])];
  return usages.length > 0 ? usages.join(', ') : 'nothing';
}
