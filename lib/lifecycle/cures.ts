import { certificateSources, sourceOf } from '../config/certificate-sources';
import type { CertificatePolicy } from '../config/configuration';
import type { LineageDeclaration } from '../config/lineages';
import { formatInstant } from '../words/instant';

/** The cure of a certificate that is not valid yet: the date has to be named where that of the keystore is the wrong one. */
export function waitingFor({ name, policy }: Pick<LineageDeclaration, 'name' | 'policy'>, at: Date): string {
  const successor = `"${sourceOf(policy).successor(name)} --at ${formatInstant(at)}"`;
  return `wait until then, and check the clock of this machine; where it was made under a wrong clock, run ${successor}`;
}

/** The cure of what only a person can mend: a certificate from an authority, which answers a request, or from elsewhere. */
export function importing(lineage: string): string {
  return `get a new certificate ("vb365 request ${lineage}" asks an authority for one), and run "${certificateSources.imported.successor(lineage)}"`;
}

/** The cure of a certificate that needs a successor, due or not. */
export function succeeding(lineage: string, policy: CertificatePolicy): string {
  const { isIssuedHere, successor } = sourceOf(policy);
  return isIssuedHere ? `run "${successor(lineage)}"` : importing(lineage);
}
