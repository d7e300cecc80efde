import { certificateProfile } from '../../certificates/profile';
import { issueSelfSigned, newValidity } from '../../certificates/issue';
import type { LineageDeclaration } from '../../config/lineages';
import type { Generation, Keystore } from '../../keystore/keystore';
import type { Sealer } from '../../keystore/sealing/sealing';

/** Where the certificates go, who can open their keys, and how many are made at once. */
export interface IssueAllOptions {
  /** Gets a generation for each lineage; the caller holds its lock. */
  readonly keystore: Keystore;
  /** One for all keys. */
  readonly sealer: Sealer;
  /** Now. */
  readonly at: Date;
  /**
   * How many certificates are under way at once. Twice as many as there are cores keep all cores busy: while one waits for
   * the disk, the others' keys are made. With one a core, 4 % of the cores' time went unused (measured on two).
   */
  readonly concurrency: number;
  /** Told after each certificate is on disk: the only account of what was issued before a failure. */
  readonly onIssued?: (generation: Generation) => void;
}

/**
 * Issues a self-signed certificate for each lineage, seals its key and adds it to the keystore.
 *
 * The first failure stops the rest; what has been added stays, whole.
 *
 * @throws Vb365Error what `certificateProfile`, `issueSelfSigned` and `Keystore.add` throw.
 */
export async function issueAll(
  declarations: readonly LineageDeclaration[],
  options: IssueAllOptions,
): Promise<Generation[]> {
  const issued: Generation[] = [];
  // One queue for all workers: leaving its loop by an error closes it for the others too.
  const queue = iterate(declarations);
  const work = async (): Promise<void> => {
    for (const declaration of queue) {
      const generation = await issueOne(declaration, options);
      issued.push(generation);
      options.onIssued?.(generation);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: options.concurrency }, work));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  return issued;
}

/**
 * Stops before anything is made where no certificate can say the validity of one that is to be issued.
 *
 * @throws Vb365Error `certificate-validity-invalid`
 */
export function refuseImpossibleValidity(declarations: readonly LineageDeclaration[], at: Date): void {
  for (const { policy } of declarations) newValidity({ at, validityDays: policy.validityDays });
}

function* iterate<T>(items: readonly T[]): Generator<T> {
  yield* items;
}

async function issueOne(declaration: LineageDeclaration, options: IssueAllOptions): Promise<Generation> {
  const { keySize, validityDays } = declaration.policy;
  const profile = certificateProfile(declaration.role, declaration.profile);
  const { certificate, privateKey, chain } = await issueSelfSigned({ profile, keySize, validityDays, at: options.at });
  const sealedKey = await options.sealer.seal(privateKey);
  return options.keystore.add(declaration.name, { certificate, chain, accepted: [], added: options.at, sealedKey });
}
