import { join } from 'node:path';
import type { LineageDeclaration } from '../config/lineages';
import type { Finding } from '../findings';
import type { Keystore } from '../keystore/keystore';
import { renewing } from '../keystore/sealing/sealed-text';
import { looksSound } from '../keystore/soundness';
import { succeeding } from './cures';

/** Lineages that may be added to and published, and what is wrong with the others. */
export interface Soundness {
  /** In the order of the declarations. */
  readonly sound: readonly LineageDeclaration[];
  /** Findings of severity error, in the order of the declarations. */
  readonly damage: readonly Finding[];
}

/**
 * Sets damaged lineages apart: one damaged file must not stop a thousand lineages, and nothing may be decided by what is
 * left of one, because Terraform takes away what a lineage no longer shows.
 *
 * @param folder of the keystore; need not be there
 * @throws Vb365Error `keystore-unreadable`
 */
export async function setDamagedApart(declarations: readonly LineageDeclaration[], folder: string): Promise<Soundness> {
  if (declarations.every(({ name }) => looksSound(join(folder, name)))) return { sound: declarations, damage: [] };
  // What reads certificates takes long to load.
  const { Keystore } = await import('../keystore/keystore.js');
  const keystore = new Keystore(folder);
  const judged = declarations.map((declaration) => ({ declaration, found: damageOf(declaration, keystore) }));
  return {
    sound: judged.flatMap(({ declaration, found }) => (found.length === 0 ? [declaration] : [])),
    damage: judged.flatMap(({ found }) => found),
  };
}

/** What is so wrong with a lineage that it must be neither added to nor published, each with a cure for its source. */
export function damageOf({ name, policy }: Pick<LineageDeclaration, 'name' | 'policy'>, keystore: Keystore): Finding[] {
  if (looksSound(join(keystore.folder, name))) return [];
  return keystore.damage(name).map((finding) => ({
    ...finding,
    cure: finding.cure.replace(renewing(name), succeeding(name, policy)),
  }));
}

/** Whether a command is the cure of all that is wrong, or a part of it: then it is not refused. */
export function isCuredBy(command: string, damage: readonly Finding[]): boolean {
  return damage.every(({ cure }) => cure.includes(`"${command}"`));
}
