import type { Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../../findings';
import { foreignEntry, judgeFile, judgeLink, malformedName, pathFinding } from './entry';
import { judgeLineage } from './lineage';
import { judgeSharedKeys, type KeyedGeneration } from './shared-keys';
import { SEGMENT } from '../../catalogue/lineage-name';
import { entriesOf, lookAt } from '../listing';

/** Files at the top of the keystore that belong there, beside the folders of the owners. */
const KNOWN_FILES = new Set(['recipients.txt', 'README.md']);

/** Judges all of the keystore in the order of its names, except what begins with a dot. */
export function judgeKeystore(root: string): Finding[] {
  const read: KeyedGeneration[] = [];
  const onRead = (generation: KeyedGeneration): void => {
    read.push(generation);
  };
  const found = visible(root).flatMap((entry) => {
    const owner = entry.name;
    if (KNOWN_FILES.has(owner)) return judgeFile(entry, owner) ?? [];
    const wrongOwner = judgeFolder(entry, owner, 'the folders of owners');
    if (wrongOwner !== undefined) return wrongOwner;
    return visible(join(root, owner)).flatMap((segment) => {
      const lineage = `${owner}/${segment.name}`;
      return (
        judgeFolder(segment, lineage, 'the folders of roles') ?? judgeLineage(join(root, lineage), lineage, onRead)
      );
    });
  });
  return [...found, ...judgeSharedKeys(read)];
}

/** Judges one lineage, which need not be there: the way to its folder, and what is in it. */
export function judgeLineageIn(root: string, lineage: string): Finding[] {
  const way = [dirname(lineage), lineage].flatMap((path) => {
    const entry = lookAt(join(root, path));
    if (entry === undefined || entry.isDirectory()) return [];
    return judgeLink(entry, path) ?? inTheWay(path);
  });
  return way.length > 0 ? way : judgeLineage(join(root, lineage), lineage);
}

function inTheWay(path: string): Finding {
  const cure = 'move it away, and restore the folder from Git';
  return pathFinding(
    'keystore-not-a-folder',
    'error',
    path,
    `${path} is no folder, as that of a lineage must be`,
    cure,
  );
}

function visible(folder: string): Dirent[] {
  return entriesOf(folder).filter((entry) => !entry.name.startsWith('.'));
}

/** What is wrong with an entry that should be the folder of an owner or of a role; undefined where nothing is. */
function judgeFolder(entry: Dirent, path: string, expected: string): Finding | undefined {
  const link = judgeLink(entry, path);
  if (link !== undefined) return link;
  if (!entry.isDirectory()) return foreignEntry(path, expected);
  return SEGMENT.test(entry.name)
    ? undefined
    : malformedName(path, 'a folder is named with at most 63 lower-case letters, digits and hyphens');
}
