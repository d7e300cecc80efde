import { join } from 'node:path';
import type { LineageDeclaration } from '../config/lineages';
import { listGenerations } from '../keystore/listing';

/** Lineages without a certificate, by what mends them. */
export interface MissingLineages {
  /** Self-signed: `issueAll` makes them. */
  readonly toIssue: readonly LineageDeclaration[];
  /** Declared as imported: only a person has them. */
  readonly toImport: readonly LineageDeclaration[];
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
  const missing = declarations.filter(({ name }) => !hasGeneration(join(keystore, name)));
  return {
    toIssue: missing.filter(({ policy }) => policy.source === 'self-signed'),
    toImport: missing.filter(({ policy }) => policy.source === 'imported'),
  };
}

/** Every `count`-th lineage of the configuration, so that shards neither overlap nor leave one out. */
export function ofShard(declarations: readonly LineageDeclaration[], shard: Shard): LineageDeclaration[] {
  return declarations.filter((_, position) => position % shard.count === shard.index - 1);
}

function hasGeneration(folder: string): boolean {
  return listGenerations(folder).some(({ certificateFile }) => certificateFile !== undefined);
}
