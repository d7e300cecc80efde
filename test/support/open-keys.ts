import type { KeyObject } from 'node:crypto';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import type { Generation, Keystore } from '../../lib/keystore/keystore';
import { openPrivateKey } from '../../lib/keystore/sealing/private-key';

/**
 * The private key of every generation of a keystore, opened with the identities of a file.
 *
 * @param isAsked which ones. @default all
 * @throws where one does not open, or is not the key of its certificate
 */
export async function openKeys(
  keystore: Keystore,
  identityFile: string,
  isAsked: (generation: Generation, isCurrent: boolean) => boolean = () => true,
): Promise<KeyObject[]> {
  const { identities } = await readIdentities(identityFile);
  const generations = keystore
    .lineages()
    .flatMap((lineage) =>
      keystore.generations(lineage).filter((each, index, all) => isAsked(each, index === all.length - 1)),
    );
  return Promise.all(generations.map((generation) => openPrivateKey(generation, identities)));
}
