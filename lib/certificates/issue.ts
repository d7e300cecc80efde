import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { Vb365Error } from '../errors';
import { formatInstant } from '../words/instant';
import { Certificate } from './certificate';
import { DAY } from '../words/days';
import type { CertificateProfile } from './profile';
import type { Validity } from './x509/validity';
import { buildSelfSigned } from './x509/build';

/** What a self-signed certificate says, how large its key is, and how long it lasts. */
export interface IssueOptions {
  /** Gives the common name, the alternative names and the usages. */
  readonly profile: CertificateProfile;
  /** Bits of the RSA modulus. */
  readonly keySize: 2048 | 3072 | 4096;
  /** Whole days from `at` to the end of the validity, 1 or more. */
  readonly validityDays: number;
  /** The moment of issuing; fractions of a second are dropped. */
  readonly at: Date;
}

/** A certificate with its private key; the same shape as what is read from a PFX. */
export interface IssuedCertificate {
  /** Self-signed with SHA-256; valid from an hour before it was issued. */
  readonly certificate: Certificate;
  /** RSA, in memory only. Secret. */
  readonly privateKey: KeyObject;
  /** Empty: the certificate is its own issuer. */
  readonly chain: readonly Certificate[];
}

const HOUR = 3_600_000;

/** Node reads years of fewer than four digits as others: 50 as 1950. */
const START_OF_TIME = Date.UTC(1000, 0, 1);

/** RFC 5280 §4.1.2.5: the last second that GeneralizedTime can name. */
const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59);

const generateKeys = promisify(generateKeyPair);

/**
 * A new RSA key and the self-signed certificate of a profile, signed with SHA-256.
 *
 * The key is made by OpenSSL on a thread of its own, so that several may be issued at once: everything else takes less than
 * 2 ms, a key of 2048 bits 130 ms.
 *
 * @throws Vb365Error as `newValidity`
 *
 * @example
 * ```ts
 * import { certificateProfile, issueSelfSigned } from 'cdktf-vb365/certificates';
 *
 * const profile = certificateProfile('rest-api', {
 *   commonName: 'vb365.example.com',
 *   hosts: ['vb365.example.com', '192.0.2.10'],
 * });
 * const issued = issueSelfSigned({ profile, keySize: 2048, validityDays: 365, at: new Date() });
 * void issued.then(({ certificate }) => console.log(certificate.thumbprint));
 * ```
 */
export async function issueSelfSigned(options: IssueOptions): Promise<IssuedCertificate> {
  const validity = newValidity(options);
  const { publicKey, privateKey } = await generateKeys('rsa', { modulusLength: options.keySize });
  const content = { ...validity, profile: options.profile, serialNumber: newSerialNumber(), publicKey };
  const der = buildSelfSigned(content, (toBeSigned) => sign('sha256', toBeSigned, privateKey));
  return { certificate: Certificate.fromDer(der), privateKey, chain: [] };
}

/**
 * The validity of a certificate that is issued at a moment: an hour backdated, so that a server whose clock is slow takes
 * it at once.
 *
 * @throws Vb365Error `certificate-validity-invalid` where `validityDays` is not a whole number of 1 or more, or the validity
 * would begin before the year 1000 or end after the year 9999
 */
export function newValidity({ at, validityDays }: Pick<IssueOptions, 'at' | 'validityDays'>): Validity {
  const start = Math.floor(at.getTime() / 1000) * 1000;
  const end = start + validityDays * DAY;
  if (!Number.isInteger(validityDays) || validityDays < 1) {
    throw new Vb365Error('certificate-validity-invalid', {
      subject: 'validityDays',
      message: `a validity of ${validityDays} days is not a whole number of days, 1 or more`,
      cure: 'give whole days, such as 365',
    });
  }
  if (!(start - HOUR >= START_OF_TIME && end <= END_OF_TIME)) {
    throw new Vb365Error('certificate-validity-invalid', {
      message: `a certificate of ${formatInstant(at)} that lasts ${validityDays} days would begin before the year 1000 or end after the year 9999, which no certificate can say`,
      cure: 'check --at, the clock of this machine, and validityDays',
    });
  }
  return { notBefore: new Date(start - HOUR), notAfter: new Date(end) };
}

/**
 * 16 octets, positive and never with a leading zero: bits 7 and 6 are `01`, the other 126 are random. RFC 5280 §4.1.2.2
 * allows 20 octets; the CA/Browser Forum asks for 64 random bits.
 */
function newSerialNumber(): Buffer {
  const serialNumber = randomBytes(16);
  serialNumber.writeUInt8((serialNumber.readUInt8(0) & 0x3f) | 0x40, 0);
  return serialNumber;
}
