import type { CertificateProfile } from '../profile';

/** Hosts that TLS clients compare with the certificate; none where the role serves no TLS. */
export function hostsThatClientsCheck(profile: CertificateProfile | undefined): readonly string[] {
  if (!profile?.extendedKeyUsages.includes('serverAuth')) return [];
  return [...profile.dnsNames, ...profile.ipAddresses];
}
