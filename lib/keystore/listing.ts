import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf, fileError, isSameOrMoved } from '../system/durable-files';
import { SEGMENT } from '../catalogue/lineage-name';

/** Absolute paths of the files of one generation, as far as they are there. */
export interface PlacedFiles {
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

export interface GenerationFiles extends PlacedFiles {
  /** Of what somebody who has opened its key says of it. */
  readonly attestationFile?: string | undefined;
  /** `0001` */
  readonly label: string;
  readonly number: number;
}

/** A folder `.0002-<16 hex digits>`: a generation that is whole, and has yet to be moved to its place. */
export interface CommittedFolder {
  readonly label: string;
  readonly folder: string;
}

/** What a lineage's folder says, before anything is read. */
export interface Listing {
  readonly placed: ReadonlyMap<string, PlacedFiles>;
  /** Files of attestations by label; that of a generation that is gone among them. */
  readonly attestations: ReadonlyMap<string, string | undefined>;
  readonly committed: readonly CommittedFolder[];
  /** Labels of generations that are being retired: gone, although their files may still be there. */
  readonly retired: ReadonlySet<string>;
}

export const CERTIFICATE_SUFFIX = '.crt';
export const KEY_SUFFIX = '.key.age';
export const ATTESTATION_SUFFIX = '.attestation';

const CERTIFICATE = /^(?!0000)(\d{4})\.crt$/;
const KEY = /^(?!0000)(\d{4})\.key\.age$/;
const ATTESTATION = /^(?!0000)(\d{4})\.attestation$/;
const COMMITTED = /^\.(?!0000)(\d{4})-[0-9a-f]{16}$/;
const RETIRED = /^\.retired-(?!0000)(\d{4})$/;

/** Entries of a folder in the order of their code units; none where there is no such folder. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return [];
    throw fileError('keystore-unreadable', folder, 'list', error);
  }
}

/**
 * Names of all folders of lineages, also of those that have no certificate; sorted.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `keystore-unreadable`
 */
export function lineageFolders(root: string): string[] {
  const owners = foldersOf(root);
  return owners.flatMap((owner) => foldersOf(join(root, owner)).map((segment) => `${owner}/${segment}`)).sort();
}

/** Whether the name is that of a file of a generation. */
export function isGenerationFile({ name }: Dirent): boolean {
  return CERTIFICATE.test(name) || KEY.test(name) || ATTESTATION.test(name);
}

/** Whether a stopped command left the folder, and the next one that writes will finish it. */
export function isUnfinished(entry: Dirent): boolean {
  return entry.isDirectory() && (COMMITTED.test(entry.name) || RETIRED.test(entry.name));
}

/** One listing of the folder of a lineage. */
export function listFolder(folder: string): Listing {
  const placed = new Map<string, PlacedFiles>();
  const attestations = new Map<string, string | undefined>();
  const committed: CommittedFolder[] = [];
  const retired = new Set<string>();
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const certificate = CERTIFICATE.exec(entry.name)?.[1];
    const key = KEY.exec(entry.name)?.[1];
    const attested = ATTESTATION.exec(entry.name)?.[1];
    const waiting = COMMITTED.exec(entry.name)?.[1];
    const gone = RETIRED.exec(entry.name)?.[1];
    // What is not a file, such as a symbolic link, is never read, but its name is taken.
    const found = entry.isFile() ? path : undefined;
    if (certificate !== undefined) placed.set(certificate, { ...placed.get(certificate), certificateFile: found });
    if (key !== undefined) placed.set(key, { ...placed.get(key), keyFile: found });
    if (attested !== undefined) attestations.set(attested, found);
    if (waiting !== undefined && entry.isDirectory()) committed.push({ label: waiting, folder: path });
    if (gone !== undefined && entry.isDirectory()) retired.add(gone);
  }
  return { placed, attestations, committed, retired };
}

/** Whether the folder of a lineage, or of its owner, is a symbolic link: what it points to may lie anywhere. */
export function isLinked(folder: string): boolean {
  return [dirname(folder), folder].some((path) => lookAt(path)?.isSymbolicLink() === true);
}

/** What stands at a path, without following a link; undefined where nothing does. @throws Vb365Error `keystore-unreadable` */
export function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') return undefined;
    throw fileError('keystore-unreadable', path, 'look at', error);
  }
}

/**
 * The generations of a lineage's folder, oldest first, with those that a stopped command has committed or retired; none
 * behind a symbolic link.
 */
export function listGenerations(folder: string): GenerationFiles[] {
  if (isLinked(folder)) return [];
  const { attestations, placed, committed, retired } = listFolder(folder);
  const generations = new Map(placed);
  for (const pending of committed) {
    if (hasLostItsNumber(folder, pending)) continue;
    const waiting = listFolder(pending.folder).placed.get(pending.label);
    if (waiting !== undefined) generations.set(pending.label, { ...waiting, ...generations.get(pending.label) });
  }
  return [...generations]
    .filter(([label]) => !retired.has(label))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([label, files]) => ({ ...files, attestationFile: attestations.get(label), label, number: Number(label) }));
}

/**
 * Whether another generation got the number first. A file of a committed folder stands in both places for an instant
 * while it is moved, with the same content.
 */
export function hasLostItsNumber(folder: string, { label, folder: committed }: CommittedFolder): boolean {
  const inPlace = listFolder(folder).placed.get(label);
  const waiting = listFolder(committed).placed.get(label);
  return (['keyFile', 'certificateFile'] as const).some((kind) => {
    const [moving, standing] = [waiting?.[kind], inPlace?.[kind]];
    return moving !== undefined && standing !== undefined && !isSameOrMoved(moving, standing);
  });
}

function foldersOf(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => (entry.isDirectory() && SEGMENT.test(entry.name) ? [entry.name] : []));
}
