import { posix } from 'node:path';
import type { LineageDeclaration } from '../config/lineages';
import type { Finding } from '../findings';
import { judgeSharedKeys } from '../keystore/findings/shared-keys';
import type { Generation, Keystore } from '../keystore/keystore';
import { lineageFolders } from '../keystore/listing';
import { renewing } from '../keystore/sealing/sealed-text';
import { succeeding } from './cures';
import { readGenerations } from './read-generations';

/**
 * Lineages that must not be published because of a key that another one has. Both of two are told, for nothing in the files
 * proves which of them it belongs to: whoever plants a certificate writes its `Added:` too.
 *
 * @param read the generations of declared lineages, which are not read again; all others of the keystore count too
 * @returns findings of severity error about declared lineages
 * @throws Vb365Error `keystore-unreadable`
 */
export function sharedKeyDamage(
  declarations: readonly LineageDeclaration[],
  keystore: Keystore,
  read: ReadonlyMap<string, readonly Generation[]>,
): Finding[] {
  const others = lineageFolders(keystore.folder).filter((lineage) => !read.has(lineage));
  const generations = [...read.values(), ...others.map((lineage) => readGenerations(keystore, lineage))].flat();
  const declared = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  return judgeSharedKeys(generations).flatMap((finding) => {
    const declaration = declared.get(posix.dirname(finding.subject));
    if (finding.severity !== 'error' || declaration === undefined) return [];
    const { name, policy } = declaration;
    return [{ ...finding, cure: finding.cure.replace(renewing(name), succeeding(name, policy)) }];
  });
}
