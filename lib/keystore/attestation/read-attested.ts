import { readFileSync } from 'node:fs';
import { withFileErrors } from '../../system/durable-files';
import type { Generation } from '../keystore';
import type { AttestedGeneration } from './check-attestations';

/**
 * Reads what stands beside the certificate of a generation.
 *
 * @throws Vb365Error `keystore-unreadable`
 */
export function readAttested<T extends Generation>(generation: T): T & AttestedGeneration {
  const { attestationFile, keyFile, label, lineage } = generation;
  const read = (file: string | undefined): string | undefined =>
    file === undefined
      ? undefined
      : withFileErrors('keystore-unreadable', `${lineage}/${label}`, 'read', () => readFileSync(file, 'utf8'));
  return { ...generation, sealedKey: read(keyFile), attestation: read(attestationFile) };
}
