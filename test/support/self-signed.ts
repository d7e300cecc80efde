import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Certificate } from '../../lib/certificates/certificate';
import { type CertificateProfile, certificateProfile } from '../../lib/certificates/profile';
import { buildSelfSigned } from '../../lib/certificates/x509/build';
import { testKey } from './openssl';

export const noon = new Date('2026-06-01T12:00:00Z');

/** Seconds later; earlier where negative. */
export function later(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}

const keys = new Map<string, KeyObject>();

/** The key of an owner, the same for the whole test file: no two owners may have one. */
export function keyOf(owner: string): KeyObject {
  const key = keys.get(owner) ?? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  keys.set(owner, key);
  return key;
}

export interface SelfSignedOptions {
  /** @default that of an Entra application */
  readonly profile?: CertificateProfile;
  /** @default noon */
  readonly notBefore?: Date;
  /** @default 365 days after notBefore */
  readonly notAfter?: Date;
  /** @default that of all */
  readonly key?: KeyObject;
}

/** A certificate as this library issues them, of a key that the whole test file shares unless another is given. */
export function selfSigned(options: SelfSignedOptions = {}): Certificate {
  const key = options.key ?? testKey('rsa-2048');
  const notBefore = options.notBefore ?? noon;
  const content = {
    profile: options.profile ?? certificateProfile('entra-application', { commonName: 'VB365 contoso' }),
    serialNumber: Buffer.from('4711', 'hex'),
    notBefore,
    notAfter: options.notAfter ?? later(notBefore, 365 * 86_400),
    publicKey: createPublicKey(key),
  };
  return Certificate.fromDer(buildSelfSigned(content, (toBeSigned) => sign('sha256', toBeSigned, key)));
}
