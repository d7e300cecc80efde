import type { Certificate } from '../../certificates/certificate';
import type { CertificateCheck } from '../../certificates/rules/certificate-rule';
import { keyTooSmall } from '../../certificates/rules/key-too-small';
import { md5Signature } from '../../certificates/rules/md5-signature';
import { notRsa } from '../../certificates/rules/not-rsa';
import { sha1SignatureByAuthority } from '../../certificates/rules/sha1-signature-by-authority';
import { Vb365Error } from '../../errors';
import type { CredentialContent, PlannedCredential } from '../stack/credential';
import { staysItself } from './credentials';
import { remembered } from './remembered';

/** A key credential that a plan adds or puts in the place of another one. */
export interface AddedCredential {
  readonly credential: PlannedCredential;
  readonly content: CredentialContent;
  /** Undefined where the value is not a certificate. */
  readonly certificate: Certificate | undefined;
  /** Why nobody should sign in with it; none where it is strong. */
  readonly weaknesses: readonly string[];
  readonly hasExpired: boolean;
}

/** Those whose value the plan knows. */
export const addedCredentials = remembered(({ credentials }, at): readonly AddedCredential[] =>
  credentials.flatMap((credential) => {
    const { after: content } = credential;
    if (content?.isKnown !== true || !isAdded(credential)) return [];
    const weaknesses = content.certificate && weaknessesOf(content.certificate, at);
    const certificate = weaknesses === undefined ? undefined : content.certificate;
    const hasExpired = certificate !== undefined && certificate.notAfter.getTime() < at.getTime();
    return [{ credential, content, certificate, weaknesses: weaknesses ?? [], hasExpired }];
  }),
);

/** Whether it comes, or another one comes at its address, while the application stays. */
export function isAdded({ application, effect }: PlannedCredential): boolean {
  return (effect === 'create' || effect === 'replace' || effect === 'update') && staysItself(application);
}

const WEAKNESSES: readonly CertificateCheck[] = [notRsa, keyTooSmall, md5Signature, sha1SignatureByAuthority];

/** Undefined where the certificate cannot be read to its end. */
function weaknessesOf(certificate: Certificate, at: Date): string[] | undefined {
  try {
    return WEAKNESSES.flatMap((check) => check({ certificate, at })?.message ?? []);
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}
