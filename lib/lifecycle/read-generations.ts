import type { LineageDeclaration } from '../config/lineages';
import { Vb365Error } from '../errors';
import type { Generation, Keystore } from '../keystore/keystore';

/** A lineage of the configuration, and what the keystore has of it, oldest first. */
export interface ReadLineage {
  readonly declaration: LineageDeclaration;
  readonly generations: readonly Generation[];
}

/** Every lineage of the configuration, as far as `readGenerations` can read it. */
export function readLineages(declarations: readonly LineageDeclaration[], keystore: Keystore): ReadLineage[] {
  return declarations.map((declaration) => ({
    declaration,
    generations: readGenerations(keystore, declaration.name),
  }));
}

/**
 * The generations of a lineage as far as they can be read, oldest first.
 *
 * One damaged file shall not hide a thousand other lineages. Where an older generation is damaged, the current one is
 * read alone; where that is, there is none. What is damaged stands among `Keystore.findings`.
 */
export function readGenerations(keystore: Keystore, lineage: string): Generation[] {
  return (
    unlessDamaged(() => keystore.generations(lineage)) ??
    unlessDamaged(() => [keystore.current(lineage)].filter((current) => current !== undefined)) ??
    []
  );
}

function unlessDamaged<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}
