import { formatInstant } from '../../lib/words/instant';
import type { Generation } from '../../lib/keystore/keystore';

/** A generation as commands that change the keystore print it with `--json`. */
export interface GenerationRow {
  readonly lineage: string;
  /** Four digits. */
  readonly generation: string;
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
}

export function generationRow({ lineage, label, certificate }: Generation): GenerationRow {
  return {
    lineage,
    generation: label,
    thumbprint: certificate.thumbprint,
    notBefore: formatInstant(certificate.notBefore),
    notAfter: formatInstant(certificate.notAfter),
  };
}
