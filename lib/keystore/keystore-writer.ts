import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { formatCrtFile } from './crt-file';
import {
  errnoOf,
  moveExclusively,
  removeEmptyFolder,
  removeFolder,
  renameToNewFolder,
  syncFolder,
  withFileErrors,
  writeDurably,
} from '../system/durable-files';
import { generationLabel, LAST_GENERATION } from '../catalogue/lineage-name';
import {
  ATTESTATION_SUFFIX,
  CERTIFICATE_SUFFIX,
  entriesOf,
  hasLostItsNumber,
  KEY_SUFFIX,
  isLinked,
  listFolder,
  listGenerations,
} from './listing';
import { isThere } from '../system/look';

/*
 * A generation is two files, and no file system writes two files at once. So both are written into a folder of their own,
 * and one rename of that folder is the instant at which the generation exists:
 *
 *   <keystore>/.staging-<hex>                       not there yet: swept by whoever next holds the lock
 *   <keystore>/<owner>/<segment>/.0002-<hex>        there: readers count it, and the next writer moves its files to their place
 *   <keystore>/<owner>/<segment>/0002.crt, .key.age in place
 *
 * A lineage without a folder gets its first generation by renaming the staging folder to the folder of the lineage.
 * Retiring is the other way round: the folder .retired-0001 says that the generation is gone, then its files go.
 */

/** What a new generation is made of. */
export interface NewGeneration {
  /** One that no generation of the lineage has. */
  readonly certificate: Certificate;
  /** Issuers, the leaf's issuer first; without the leaf. */
  readonly chain: readonly Certificate[];
  /** Ids of the findings that a person accepts. @default none */
  readonly accepted?: readonly string[];
  /** Now: from then on its predecessor stays for the overlap. @default it counts from the first moment of the validity */
  readonly added?: Date;
  /** Text of the `.key.age` file, as `Sealer` gives it; `elsewhere` where the key is kept outside of the keystore on purpose. */
  readonly sealedKey: string;
}

/** In place of a sealed key: what the head of the certificate says of it. */
export const KEY_ELSEWHERE = 'elsewhere';

const STAGING = /^\.staging-[0-9a-f]{16}$/;
/** How often a number may be lost to another process before something else must be wrong. */
const ATTEMPTS = 1000;

/**
 * Adds a generation with the number after the highest, whole or not at all.
 *
 * @returns its number
 */
export function addGeneration(root: string, lineage: string, generation: NewGeneration): number {
  const folder = join(root, lineage);
  if (isLinked(folder)) throw linked(folder);
  return withFileErrors('keystore-unwritable', folder, 'write to', () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      finishStopped(folder);
      const number = nextNumber(folder, lineage);
      if (tryToAdd(root, lineage, number, generation)) return number;
    }
    throw new Vb365Error('keystore-locked', {
      subject: lineage,
      message: `other commands changed ${lineage} under each of ${ATTEMPTS} attempts to add a generation`,
      cure: 'let them end, and run this one again',
    });
  });
}

/** Removes both files of a generation, or neither, and what attests them. The caller knows that it exists. */
export function removeGeneration(root: string, lineage: string, number: number): void {
  const folder = join(root, lineage);
  withFileErrors('keystore-unwritable', folder, 'write to', () => {
    finishStopped(folder);
    mkdirSync(join(folder, `.retired-${generationLabel(number)}`), { recursive: true });
    syncFolder(folder);
    finishStopped(folder);
    removeEmptyFolder(folder);
  });
}

/** Finishes what a stopped command committed or retired in the folder of a lineage. */
export function finishStopped(folder: string): void {
  const { committed, retired } = listFolder(folder);
  for (const label of retired) {
    for (const suffix of [ATTESTATION_SUFFIX, KEY_SUFFIX, CERTIFICATE_SUFFIX]) {
      rmSync(join(folder, label + suffix), { force: true });
    }
  }
  // Before the marks go: a power cut must not bring one of the files back alone.
  if (retired.size > 0) syncFolder(folder);
  // With whatever a file manager has put into them: a mark that stays would take the next generation of its number away.
  for (const label of retired) removeFolder(join(folder, `.retired-${label}`));
  for (const pending of committed) {
    if (hasLostItsNumber(folder, pending)) {
      // Its maker, if alive, starts over with the next number; if it was killed, nobody was told of the generation.
      removeFolder(pending.folder);
      continue;
    }
    // The key first: it claims the number, and a certificate in place always has its key. One whose key is kept elsewhere
    // has none, and its certificate claims the number.
    const names = [pending.label + KEY_SUFFIX, pending.label + CERTIFICATE_SUFFIX];
    const isMoved = names
      .filter((name) => isThere(join(pending.folder, name)) || isThere(join(folder, name)))
      .every((name) => moveExclusively(join(pending.folder, name), join(folder, name)));
    if (isMoved) removeFolder(pending.folder);
  }
  if (committed.length + retired.size > 0) syncFolder(folder);
}

/** Deletes what killed commands left half written. Only whoever holds the lock may: another's staging looks the same. */
export function sweepStaging(root: string): void {
  for (const entry of entriesOf(root)) {
    if (STAGING.test(entry.name)) removeFolder(join(root, entry.name));
  }
}

function nextNumber(folder: string, lineage: string): number {
  const number = (listGenerations(folder).at(-1)?.number ?? 0) + 1;
  if (number <= LAST_GENERATION) return number;
  throw new Vb365Error('generation-numbers-exhausted', {
    subject: lineage,
    message: `${lineage} has reached generation ${LAST_GENERATION}, the last that four digits can name`,
    cure: 'retire superseded generations and rename the rest to start at 0001 again',
  });
}

/** @returns false where another process was faster; nothing is left behind then */
function tryToAdd(root: string, lineage: string, number: number, generation: NewGeneration): boolean {
  const folder = join(root, lineage);
  const label = generationLabel(number);
  const id = randomBytes(8).toString('hex');
  const staging = join(root, `.staging-${id}`);
  const { certificate, chain, accepted = [], added, sealedKey } = generation;
  const keyElsewhere = sealedKey === KEY_ELSEWHERE;
  const text = formatCrtFile(lineage, label, { certificate, chain, accepted, added, keyElsewhere });
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(staging);
    if (!keyElsewhere) writeDurably(join(staging, label + KEY_SUFFIX), sealedKey, 0o600);
    writeDurably(join(staging, label + CERTIFICATE_SUFFIX), text, 0o644);
    syncFolder(staging);
    if (number === 1 && renameToNewFolder(staging, folder)) {
      syncFolder(dirname(folder));
      return true;
    }
    renameSync(staging, join(folder, `.${label}-${id}`));
    syncFolder(folder);
    finishStopped(folder);
    const [name, written] = keyElsewhere ? [CERTIFICATE_SUFFIX, text] : [KEY_SUFFIX, sealedKey];
    return readFileSync(join(folder, label + name), 'utf8') === written;
  } catch (error) {
    // A folder of ours, or the lineage's, was cleared away meanwhile by another process.
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    removeFolder(staging);
  }
}

function linked(folder: string): Vb365Error {
  return new Vb365Error('keystore-symbolic-link', {
    subject: folder,
    message: `${folder} is reached through a symbolic link, and links are not followed`,
    cure: 'put the real folder in its place',
  });
}
