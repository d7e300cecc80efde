import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Certificate } from '../../certificates/certificate';
import { formatInstant } from '../../words/instant';
import { isSignedBy, type SigningKey } from './signing-key';

/** What somebody has seen: which file held the key of which certificate. */
export interface Attestation {
  /** `contoso/entra-application` */
  readonly lineage: string;
  /** Four digits. */
  readonly label: string;
  /** SHA-1 of the certificate, upper-case hex: for people. */
  readonly thumbprint: string;
  /** SHA-256 of the certificate, upper-case hex. */
  readonly thumbprintSha256: string;
  /** SHA-256 of the sealed key's text, lower-case hex. */
  readonly sealedKeyHash: string;
  /** By the clock of whoever opened it, to the second. */
  readonly at: Date;
  /** `ed25519:…` */
  readonly signer: string;
}

/** An attestation of a file, and whether its signer has signed it. */
export interface SignedAttestation extends Attestation {
  readonly isSigned: boolean;
  /** As it stands in the file. */
  readonly text: string;
}

/** As much of a generation as an attestation is about. */
export interface GenerationOfCertificate {
  /** `contoso/entra-application` */
  readonly lineage: string;
  /** Four digits. */
  readonly label: string;
  readonly certificate: Certificate;
}

/** Signed with the text, so that a signature for anything else never is one for an attestation. */
const CONTEXT = 'cdktf-vb365 attestation, version 1';

const BLOCK = z.object({
  Lineage: z.string(),
  Generation: z.string().regex(/^\d{4}$/),
  Thumbprint: z.string().regex(/^[0-9A-F]{40}$/),
  'SHA-256': z.string().regex(/^[0-9A-F]{64}$/),
  'Sealed key': z.string().regex(/^[0-9a-f]{64}$/),
  Opened: z.iso.datetime(),
  Signer: z.string(),
  Signature: z.string(),
});

/**
 * What `attestationOf` binds of a sealed key: what `sha256sum` says of the file. Git may turn the ends of its lines into those of
 * Windows, which makes no difference.
 *
 * @param text of a `.key.age` file
 */
export function sealedKeyHash(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

/** That a sealed key was opened, and is that of the certificate. */
export function attestationOf(
  { certificate, label, lineage }: GenerationOfCertificate,
  sealedKey: string,
  { signer, at }: { readonly signer: string; readonly at: Date },
): Attestation {
  const { thumbprint, thumbprintSha256 } = certificate;
  return { lineage, label, thumbprint, thumbprintSha256, sealedKeyHash: sealedKeyHash(sealedKey), at, signer };
}

/** Lines for people, and the signature of all that stands before it. The same input gives the same bytes. */
export function signAttestation(attestation: Attestation, key: SigningKey): string {
  return `${statementOf(attestation)}Signature: ${key.sign(signedText(attestation))}\n`;
}

/**
 * The attestations of a file, one for each signer, with an empty line between.
 *
 * @returns undefined in place of each that is malformed
 */
export function parseAttestations(text: string): (SignedAttestation | undefined)[] {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map(parseBlock);
}

/** Why an attestation says nothing of the generation beside it; continues "the attestation …". */
export function unfitness(
  attestation: SignedAttestation | undefined,
  { certificate, label, lineage }: GenerationOfCertificate,
): string | undefined {
  if (attestation === undefined) return 'is damaged';
  if (!attestation.isSigned) return 'is not signed by the signer that it names';
  if (attestation.lineage !== lineage || attestation.label !== label) {
    return 'is that of another generation';
  }
  return attestation.thumbprintSha256 === certificate.thumbprintSha256 ? undefined : 'is that of another certificate';
}

/** The text of a file of several attestations, which is the same in whatever order they were made. */
export function joinAttestations(texts: readonly string[]): string {
  return texts
    .map((text) => `${text.trim()}\n`)
    .sort()
    .join('\n');
}

function parseBlock(block: string): SignedAttestation | undefined {
  const pairs = block
    .trim()
    .split('\n')
    .map((line) => line.split(': ', 2));
  const { data } = BLOCK.safeParse(Object.fromEntries(pairs));
  if (data === undefined || pairs.length !== Object.keys(BLOCK.shape).length) return undefined;
  const attestation: Attestation = {
    lineage: data.Lineage,
    label: data.Generation,
    thumbprint: data.Thumbprint,
    thumbprintSha256: data['SHA-256'],
    sealedKeyHash: data['Sealed key'],
    at: new Date(data.Opened),
    signer: data.Signer,
  };
  const isSigned = isSignedBy(attestation.signer, signedText(attestation), data.Signature);
  return { ...attestation, isSigned, text: block };
}

function signedText(attestation: Attestation): string {
  return `${CONTEXT}\n${statementOf(attestation)}`;
}

function statementOf({ at, label, lineage, sealedKeyHash: hash, signer, ...certificate }: Attestation): string {
  return [
    `Lineage: ${lineage}`,
    `Generation: ${label}`,
    `Thumbprint: ${certificate.thumbprint}`,
    `SHA-256: ${certificate.thumbprintSha256}`,
    `Sealed key: ${hash}`,
    `Opened: ${formatInstant(at)}`,
    `Signer: ${signer}`,
    '',
  ].join('\n');
}
