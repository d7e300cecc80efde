import type { CertificateLineage } from '../../lib/certificates/generation';
import { later, noon, selfSigned } from './self-signed';

/** A lineage with so many generations, each a day younger than the one before. */
export function lineageOf(count: number, name = 'contoso/entra-application'): CertificateLineage {
  const generations = Array.from({ length: count }, (_, index) => ({
    label: String(index + 1).padStart(4, '0'),
    certificate: selfSigned({ notBefore: later(noon, index * 86_400) }),
  }));
  return { name, generations };
}
