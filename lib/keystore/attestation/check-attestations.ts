import {
  type GenerationOfCertificate,
  parseAttestations,
  sealedKeyHash,
  type SignedAttestation,
  unfitness,
} from './attestation';
import type { Signer } from './signers';

/** A generation, and the texts that stand beside its certificate. */
export interface AttestedGeneration extends GenerationOfCertificate {
  /** Of its `.key.age`; undefined where there is none. */
  readonly sealedKey: string | undefined;
  /** Of its `.attestation`; undefined where there is none. */
  readonly attestation: string | undefined;
}

/**
 * Who has opened the key of a generation, and found it to be that of its certificate.
 *
 * `opened`: somebody whose signature counts, as the files are. `resealed`: they have, and the sealed key was replaced since;
 * nobody has opened what stands there now. `unknown-signer`: somebody whose signature does not count. `invalid`: what stands
 * there is not signed by whom it names, damaged, or about another certificate. `unopened`: nobody says so.
 */
export type Opening =
  | { readonly kind: 'opened' | 'resealed'; readonly by: Signer; readonly at: Date }
  | { readonly kind: 'unknown-signer'; /** `ed25519:…` */ readonly signer: string; readonly at: Date }
  | { readonly kind: 'invalid'; /** Continues "the attestation …". */ readonly reason: string }
  | { readonly kind: 'unopened' };

/** What is believed first. */
const ORDER: readonly Opening['kind'][] = ['opened', 'resealed', 'unknown-signer', 'invalid', 'unopened'];

/** A generation, and who has opened its key. */
export interface CheckedGeneration<T extends AttestedGeneration = AttestedGeneration> {
  /** The very one that was given. */
  readonly generation: T;
  /** The best of what its attestations say. */
  readonly opening: Opening;
}

/**
 * Compares attestations with what stands beside them. A pure function.
 *
 * @param signers whose signatures count: those of a list that the generations themselves cannot change, such as that of the
 * base branch in a review
 */
export function checkAttestations<T extends AttestedGeneration>(
  generations: readonly T[],
  signers: readonly Signer[],
): CheckedGeneration<T>[] {
  return generations.map((generation) => ({ generation, opening: openingOf(generation, signers) }));
}

/** The best of what is said; of the same, the newest. */
function openingOf(generation: AttestedGeneration, signers: readonly Signer[]): Opening {
  const said = parseAttestations(generation.attestation ?? '').map((each) => judge(each, generation, signers));
  const [best] = said.sort((one, other) => rankOf(one) - rankOf(other) || momentOf(other) - momentOf(one));
  return best ?? { kind: 'unopened' };
}

function judge(
  attestation: SignedAttestation | undefined,
  generation: AttestedGeneration,
  signers: readonly Signer[],
): Opening {
  const reason = unfitness(attestation, generation);
  if (attestation === undefined || reason !== undefined) return { kind: 'invalid', reason: reason ?? '' };
  const { at, signer } = attestation;
  const by = signers.find((known) => known.signer === signer);
  if (by === undefined) return { kind: 'unknown-signer', signer, at };
  const isTheSame =
    generation.sealedKey !== undefined && sealedKeyHash(generation.sealedKey) === attestation.sealedKeyHash;
  return { kind: isTheSame ? 'opened' : 'resealed', by, at };
}

function rankOf({ kind }: Opening): number {
  return ORDER.indexOf(kind);
}

function momentOf(opening: Opening): number {
  return 'at' in opening ? opening.at.getTime() : 0;
}
