import { Vb365Error } from '../errors';
import { type AddedCertificate, newestAdded } from '../keystore/newest-added';
import { type DatedCommit, lastCommitAt } from '../system/git-repository';
import { formatInstant } from '../words/instant';

/**
 * Two machines never agree exactly: five minutes are what Kerberos, and so every Windows domain, lets them differ (RFC 4120
 * §1.6). A certificate is backdated by an hour, so that such a clock makes no useless one.
 */
const TOLERANCE_MILLISECONDS = 5 * 60_000;
/** A keystore in use is written to more often: certificates end before. */
const MOST_YEARS = 10;

/** A date that was the present once. */
interface Witness {
  readonly at: Date;
  /** What happened then. */
  readonly event: string;
  /** What mends the date, where that is the wrong one. */
  readonly mending: (option: string) => string;
}

/**
 * Refuses a clock that cannot be right: before the newest certificate of the keystore was added, before the last commit of its
 * repository, or more than ten years after both. Where there is neither, nothing can be said.
 *
 * @param keystore folder of the keystore; need not be there
 * @param willWrite whether the keystore is going to change: otherwise Git is asked only where its answer decides
 * @throws Vb365Error `clock-behind`, `clock-ahead`
 */
export function refuseWrongClock(at: Date, keystore: string, { willWrite }: { readonly willWrite: boolean }): void {
  const added = newestAdded(keystore);
  const certificate = added && ofCertificate(added);
  if (certificate !== undefined && isBefore(at, certificate)) throw clockBehind(at, keystore, certificate);
  if (!willWrite && (certificate === undefined || !isFarAfter(at, certificate))) return;
  const lastCommit = lastCommitAt(keystore);
  const commit = lastCommit && ofCommit(lastCommit);
  if (commit !== undefined && isBefore(at, commit)) throw clockBehind(at, keystore, commit);
  const newest = [certificate, commit]
    .filter((witness) => witness !== undefined)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
  if (newest !== undefined && isFarAfter(at, newest)) throw clockAhead(at, keystore, newest);
}

function ofCertificate({ added, file, lineage }: AddedCertificate): Witness {
  return {
    at: added,
    event: `${file} entered the keystore`,
    mending: (option) =>
      `, and give ${lineage} a successor of the right date: "vb365 renew ${lineage} ${option}", or "vb365 import ${lineage} <file> ${option}" where its certificates are imported`,
  };
}

function ofCommit({ at, id }: DatedCommit): Witness {
  return { at, event: `the last commit of Git, ${id}, was made`, mending: () => ', and commit what it has done' };
}

function isBefore(at: Date, witness: Witness): boolean {
  return at.getTime() < witness.at.getTime() - TOLERANCE_MILLISECONDS;
}

function isFarAfter(at: Date, witness: Witness): boolean {
  const end = new Date(witness.at);
  end.setUTCFullYear(end.getUTCFullYear() + MOST_YEARS);
  return at > end;
}

/** A date that is nearer than this only has to be waited for: see the tolerance. */
const SOON_MILLISECONDS = 60 * 60_000;

function clockBehind(at: Date, subject: string, witness: Witness): Vb365Error {
  const option = `--at ${formatInstant(at)}`;
  const isSoon = witness.at.getTime() - at.getTime() <= SOON_MILLISECONDS;
  const waiting = isSoon ? `, or wait until ${formatInstant(witness.at)}` : '';
  return new Vb365Error('clock-behind', {
    subject,
    message: `the clock says ${formatInstant(at)}, which is before ${formatInstant(witness.at)}, when ${witness.event}: nothing is written`,
    cure: `set the clock of this machine, and run the command again; where it is right and the other date was wrong, run it with ${option}${witness.mending(option)}${waiting}`,
  });
}

function clockAhead(at: Date, subject: string, { at: known, event }: Witness): Vb365Error {
  return new Vb365Error('clock-ahead', {
    subject,
    message: `the clock says ${formatInstant(at)}, which is more than ${MOST_YEARS} years after ${formatInstant(known)}, when ${event}, and nothing has happened since: nothing is written`,
    cure: `set the clock of this machine, and run the command again; where that date is meant, run it with --at ${formatInstant(at)}`,
  });
}
