import { ownerOf, roleOf } from '../../catalogue/lineage-name';
import { roles } from '../../catalogue/roles';
import type { Certificate } from '../../certificates/certificate';
import type { Finding } from '../../findings';
import { groupBy, shortList } from '../../words/lists';
import { CERTIFICATE_SUFFIX } from '../listing';
import { renewing } from '../sealing/sealed-text';
import { pathFinding } from './entry';

/** As much of a generation as tells whose key it has. */
export interface KeyedGeneration {
  /** `contoso/entra-application` */
  readonly lineage: string;
  /** Four digits. */
  readonly label: string;
  readonly certificate: Pick<Certificate, 'publicKeyHash'>;
}

/** Where else a key is, by whether it may be there. */
export interface KeySharing {
  /** Lineages of another owner, or that sign in to Entra as well, each with its generations. */
  readonly forbidden: readonly string[];
  /** Lineages of the same installation: one machine may well hold one key. */
  readonly tolerated: readonly string[];
}

/** More would hide the sentence. */
const MOST_NAMED = 5;

/**
 * One public key in several lineages, whatever their certificates say: an error in those of two owners, and in two that sign in
 * to Entra; advice where server-side roles of one installation share it. Within one lineage it is a renewal with the same key.
 *
 * @param generations of every lineage, superseded ones too, in the order in which they shall be told
 * @returns a finding for each lineage that must not have the key, and one for all of an installation that may
 */
export function judgeSharedKeys(generations: readonly KeyedGeneration[]): Finding[] {
  // Where the kind of a key is unknown, nothing can be compared.
  const known = generations.filter(({ certificate }) => certificate.publicKeyHash !== '');
  return [...groupBy(known, ({ certificate }) => certificate.publicKeyHash).values()].flatMap((holders) => {
    const lineages = [...groupBy(holders, ({ lineage }) => lineage)];
    return lineages.length < 2 ? [] : lineages.flatMap(([lineage, own]) => judgeHolder(lineage, own, holders));
  });
}

/** @param holders every generation that has the key of a generation of the lineage */
export function sharingOf(lineage: string, holders: readonly KeyedGeneration[]): KeySharing {
  const others = [...groupBy(holders, (holder) => holder.lineage)].filter(([other]) => other !== lineage);
  const named = (isForbidden: boolean): string[] =>
    others
      .filter(([other]) => mayShare(lineage, other) !== isForbidden)
      .map(([other, own]) => `${other} ${labelsOf(own)}`);
  return { forbidden: named(true), tolerated: named(false) };
}

/** `contoso/entra-application 0001, 0002, fabrikam/data-cloud 0001` */
export function nameLineages(lineages: readonly string[]): string {
  return shortList(lineages, MOST_NAMED);
}

function judgeHolder(lineage: string, own: readonly KeyedGeneration[], holders: readonly KeyedGeneration[]): Finding[] {
  const { forbidden, tolerated } = sharingOf(lineage, holders);
  const path = `${lineage}/${own[0]?.label ?? ''}${CERTIFICATE_SUFFIX}`;
  if (forbidden.length > 0) {
    const message = `${lineage} ${labelsOf(own)} and ${nameLineages(forbidden)} have the same key: whoever holds it acts for each of them`;
    const cure = `find with "git log" who added which, and remove both files of what does not belong; where each is meant, ${renewing(lineage)}, install the new certificate, and run "vb365 retire --confirmed ${lineage}"`;
    return [pathFinding('keystore-key-shared', 'error', path, message, cure)];
  }
  // Once for all of them.
  if (tolerated.length === 0 || holders[0]?.lineage !== lineage) return [];
  const message = `${lineage} ${labelsOf(own)} and ${nameLineages(tolerated)} have the same key: where it leaks, each of them needs another`;
  const cure = `leave it where that is meant; for a key of its own, ${renewing(lineage)}`;
  return [pathFinding('keystore-key-shared', 'advice', path, message, cure)];
}

function labelsOf(generations: readonly KeyedGeneration[]): string {
  return generations.map(({ label }) => label).join(', ');
}

function mayShare(lineage: string, other: string): boolean {
  return ownerOf(lineage) === ownerOf(other) && !(signsInToEntra(lineage) && signsInToEntra(other));
}

/** What no role is known of is not published. */
function signsInToEntra(lineage: string): boolean {
  const role = roleOf(lineage);
  return role !== undefined && roles[role].boundToEntra;
}
