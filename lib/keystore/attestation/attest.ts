import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Certificate } from '../../certificates/certificate';
import { readIfThere, removeFolder, syncFolder, withFileErrors, writeDurably } from '../../system/durable-files';
import { ATTESTATION_SUFFIX } from '../listing';
import type { GenerationKey } from '../sealing/sealed-keys';
import {
  attestationOf,
  joinAttestations,
  parseAttestations,
  sealedKeyHash,
  signAttestation,
  unfitness,
} from './attestation';
import type { SigningKey } from './signing-key';
import { decodeText } from '../../system/text';

/** A sealed key that was opened, and found to be that of the certificate. */
export interface OpenedGeneration {
  readonly key: GenerationKey;
  readonly certificate: Certificate;
  /** What the file of the sealed key held when it was opened. */
  readonly text: string;
}

/**
 * Writes down that a key was opened, beside its certificate. What others have attested stays; what is damaged, or about
 * something else, goes. Where the same signer has attested the same files before, nothing is written. The caller holds the
 * keystore's lock, and `settle` has brought the files to their places.
 *
 * @param root folder of the keystore
 * @param by.at now
 * @returns whether anything was written
 * @throws Vb365Error `keystore-unreadable`, `keystore-unwritable`
 */
export function attest(
  root: string,
  { key: { label, lineage }, certificate, text }: OpenedGeneration,
  by: { readonly key: SigningKey; readonly at: Date },
): boolean {
  const generation = { lineage, label, certificate };
  const file = join(root, lineage, label + ATTESTATION_SUFFIX);
  const said = parseAttestations(readText(file, `${lineage}/${label}${ATTESTATION_SUFFIX}`));
  const fit = said.flatMap((each) => (each !== undefined && unfitness(each, generation) === undefined ? [each] : []));
  const isOwn = ({ signer }: { readonly signer: string }): boolean => signer === by.key.signer;
  const isTold = fit.some((each) => isOwn(each) && each.sealedKeyHash === sealedKeyHash(text));
  if (isTold && fit.length === said.length) return false;
  const others = fit.filter((each) => isTold || !isOwn(each)).map((each) => each.text);
  const own = isTold
    ? []
    : [signAttestation(attestationOf(generation, text, { signer: by.key.signer, at: by.at }), by.key)];
  replaceFile(root, file, joinAttestations([...others, ...own]));
  return true;
}

function readText(file: string, path: string): string {
  return withFileErrors('keystore-unreadable', path, 'read', () => decodeText(readIfThere(file) ?? Buffer.alloc(0)));
}

/** In the folder that `withKeystoreLock` sweeps first: what a killed command leaves in it is never read. */
function replaceFile(root: string, file: string, text: string): void {
  const staging = join(root, `.staging-${randomBytes(8).toString('hex')}`);
  const draft = join(staging, 'attestation');
  withFileErrors('keystore-unwritable', file, 'write', () => {
    try {
      mkdirSync(staging);
      writeDurably(draft, text, 0o644);
      renameSync(draft, file);
      syncFolder(dirname(file));
    } finally {
      removeFolder(staging);
    }
  });
}
