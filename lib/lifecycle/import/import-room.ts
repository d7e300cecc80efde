import { join } from 'node:path';
import type { Certificate } from '../../certificates/certificate';
import type { LineageDeclaration } from '../../config/lineages';
import { Vb365Error } from '../../errors';
import type { Generation, Keystore } from '../../keystore/keystore';
import type { NewGeneration } from '../../keystore/keystore-writer';
import { listGenerations } from '../../keystore/listing';
import { newestAdded } from '../../keystore/newest-added';
import { fullLineage } from '../renew/full-lineage';
import { heldBack } from '../renew/held-back';
import { MOST_GENERATIONS, renewalOnDemand } from '../renew/renewal';
import { refuseSharedKey } from './import-key';

/** As much of a declaration as decides which generations of a lineage leave. */
export type Retiring = Pick<LineageDeclaration, 'name' | 'policy'>;

export interface AddImportedOptions {
  readonly keystore: Keystore;
  /** Now. */
  readonly at: Date;
  /** Told of each superseded generation that has left to make room. */
  readonly onRetired?: (generation: Generation) => void;
}

/**
 * The superseded generations that leave for an imported one, because there would be too many; none for a certificate that is
 * kept already, which is not added. A lineage that cannot be read as a whole takes its successor while there is room.
 *
 * @throws Vb365Error `lineage-full` where none may leave yet; what `Keystore.generations` throws of a lineage without room
 */
export function roomForImport(
  declaration: Retiring,
  certificate: Certificate,
  { keystore, at }: Pick<AddImportedOptions, 'keystore' | 'at'>,
): readonly Generation[] {
  const { name, policy } = declaration;
  const count = listGenerations(join(keystore.folder, name)).filter(({ certificateFile }) => certificateFile).length;
  if (count < MOST_GENERATIONS) return [];
  const generations = keystore.generations(name);
  if (generations.some((kept) => kept.certificate.equals(certificate))) return [];
  const newest = newestAdded(keystore.folder, at);
  const renewal = renewalOnDemand(generations, policy, at, newest?.added);
  if (renewal.kind === 'due') return renewal.leaving;
  if (renewal.needed !== undefined && newest !== undefined) {
    throw new Vb365Error('certificate-held-back', heldBack(renewal.needed, newest, at));
  }
  throw new Vb365Error('lineage-full', fullLineage(declaration, generations, 'import'));
}

/**
 * Adds an imported certificate as the next generation, after those have left that make room for it. The caller holds the
 * keystore's lock.
 *
 * @throws Vb365Error `keystore-key-shared`, as `roomForImport`, and what `Keystore.remove` and `Keystore.add` throw
 */
export function addImported(
  declaration: Retiring,
  generation: Omit<NewGeneration, 'added'>,
  { keystore, at, onRetired }: AddImportedOptions,
): Generation {
  refuseSharedKey(declaration.name, generation.certificate, keystore);
  for (const leaving of roomForImport(declaration, generation.certificate, { keystore, at })) {
    keystore.remove(leaving.lineage, leaving.number);
    onRetired?.(leaving);
  }
  return keystore.add(declaration.name, { ...generation, added: at });
}
