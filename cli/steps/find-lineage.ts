import type { Configuration } from '../../lib/config/configuration';
import { type LineageDeclaration, lineagesOf } from '../../lib/config/lineages';
import { shown } from '../../lib/words/shown';
import { Vb365Error } from '../../lib/errors';
import { shortList } from '../../lib/words/lists';
import { ownerOf } from '../../lib/catalogue/lineage-name';

/**
 * The lineage that a person names.
 *
 * @throws Vb365Error `lineage-unknown` with the names that the configuration declares
 */
export function findLineage(configuration: Configuration, name: string): LineageDeclaration {
  const declared = lineagesOf(configuration);
  const found = declared.find((declaration) => declaration.name === name);
  if (found) return found;
  const owner = ownerOf(name);
  const nearby = declared.filter((declaration) => declaration.owner === owner);
  const names = (nearby.length > 0 ? nearby : declared).map((declaration) => declaration.name);
  const listed = shortList(names, MOST_SHOWN);
  throw new Vb365Error('lineage-unknown', {
    message: `the configuration declares no lineage ${shown(name)}; it declares ${listed === '' ? 'none' : listed}`,
    cure: 'name one of them, or declare what it serves in vb365.yaml',
  });
}

/** Those that a person names, each once. @throws Vb365Error `lineage-unknown` */
export function findLineages(configuration: Configuration, names: readonly string[]): LineageDeclaration[] {
  return [...new Set(names)].map((name) => findLineage(configuration, name));
}

/** More would hide the message of the error. */
const MOST_SHOWN = 12;
