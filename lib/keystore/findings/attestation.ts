import type { Finding } from '../../findings';
import { type GenerationOfCertificate, parseAttestations, unfitness } from '../attestation/attestation';
import { ATTESTATION_SUFFIX } from '../listing';
import { hasMergeConflict } from '../merge-conflict';
import { judgeContent } from './content';
import { pathFinding } from './entry';

/** Judges what is said to have opened a key: whose signature counts is not asked. Nothing here stops a lineage. */
export function judgeAttestation(generation: GenerationOfCertificate, file: string): Finding[] {
  const path = `${generation.lineage}/${generation.label}${ATTESTATION_SUFFIX}`;
  const findings = judgeContent(path, file, (text) => {
    if (hasMergeConflict(text)) {
      const message = `${path} holds conflict markers of Git: two branches attested the generation`;
      const cure = 'keep what both say, with an empty line between, or remove the file and run "vb365 audit"';
      return [pathFinding('keystore-merge-conflict', 'warning', path, message, cure)];
    }
    return parseAttestations(text).flatMap((attestation) => {
      const reason = unfitness(attestation, generation);
      if (reason === undefined) return [];
      const message = `an attestation in ${path} ${reason}: it says nothing of the key`;
      const cure = `find with "git log" who wrote it, and run "vb365 audit"`;
      return [pathFinding('keystore-attestation-unfit', 'warning', path, message, cure)];
    });
  });
  return findings.map((finding) => ({ ...finding, severity: 'warning' }));
}
