import { importing } from '../cures';
import { join } from 'node:path';
import type { LineageDeclaration } from '../../config/lineages';
import type { ErrorCode } from '../../error-codes';
import type { Finding } from '../../findings';
import { type GenerationFiles, listGenerations } from '../../keystore/listing';
import { sourceOf } from '../../config/certificate-sources';

/** Lineages without a certificate, by what mends them. */
export interface MissingLineages {
  /** Self-signed: `issueAll` makes them. */
  readonly toIssue: readonly LineageDeclaration[];
  /** Declared as imported: only a person has them. */
  readonly toImport: readonly LineageDeclaration[];
}

/** A lineage that has a certificate, and the files of its newest generation. */
export interface KeptLineage {
  readonly declaration: LineageDeclaration;
  readonly files: GenerationFiles;
}

/** Every lineage, missing or kept. */
export interface Inventory extends MissingLineages {
  readonly kept: readonly KeptLineage[];
}

/** A part of a whole that several machines share: `index` from 1 to `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * What is missing from a keystore: one look into the folder of each lineage. No certificate is read, and nothing that reads
 * certificates is loaded, so that a run with nothing to do costs nothing.
 *
 * @param keystore folder of the keystore
 * @throws Vb365Error `keystore-unreadable`
 */
export function findMissing(declarations: readonly LineageDeclaration[], keystore: string): MissingLineages {
  const { toIssue, toImport } = takeInventory(declarations, keystore);
  return { toIssue, toImport };
}

/**
 * What is missing from a keystore and what it has, by the same one look.
 *
 * @param keystore folder of the keystore
 * @throws Vb365Error `keystore-unreadable`
 */
export function takeInventory(declarations: readonly LineageDeclaration[], keystore: string): Inventory {
  const toIssue: LineageDeclaration[] = [];
  const toImport: LineageDeclaration[] = [];
  const kept: KeptLineage[] = [];
  for (const declaration of declarations) {
    const files = newestGeneration(join(keystore, declaration.name));
    if (files !== undefined) kept.push({ declaration, files });
    else if (sourceOf(declaration.policy).isIssuedHere) toIssue.push(declaration);
    else toImport.push(declaration);
  }
  return { toIssue, toImport, kept };
}

/** That a lineage has no certificate, with the command that mends it. */
export function missingFinding({ name, policy }: LineageDeclaration): Finding {
  const { isIssuedHere, first } = sourceOf(policy);
  const id: ErrorCode = 'certificate-missing-in-keystore';
  return {
    id,
    severity: 'error',
    subject: name,
    message: `the keystore has no certificate of ${name}${isIssuedHere ? '' : `, which the configuration declares as ${policy.source}`}`,
    cure: isIssuedHere ? `run "${first(name)}"` : importing(name),
  };
}

/** Every `count`-th lineage of the configuration, so that shards neither overlap nor leave one out. */
export function ofShard(declarations: readonly LineageDeclaration[], shard: Shard): LineageDeclaration[] {
  return declarations.filter((_, position) => position % shard.count === shard.index - 1);
}

function newestGeneration(folder: string): GenerationFiles | undefined {
  return listGenerations(folder).findLast(({ certificateFile }) => certificateFile !== undefined);
}
