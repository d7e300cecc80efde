import type { KeyObject } from 'node:crypto';
import { asn1 } from 'node-forge';
import { contextTags } from '../context-tags';
import type { CertificateProfile } from '../profile';
import { explicit, fromDer, integer, primitive, sequence } from '../x509-der';
import {
  distinguishedName,
  keyIdentifier,
  noAuthority,
  sha256WithRsa,
  signed,
  type Signer,
  usagesAndNames,
} from '../x509-parts';

/** What a self-signed certificate says. */
export interface SelfSignedContent {
  readonly profile: CertificateProfile;
  /** Big-endian octets of a positive integer, without a leading zero octet that DER does not need. */
  readonly serialNumber: Buffer;
  /** Whole seconds. */
  readonly notBefore: Date;
  /** Whole seconds. */
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
}

/** RFC 5280 §4.1.2.5: UTCTime names the years from 1950 to 2049, and GeneralizedTime all others. */
const YEAR_1950 = Date.UTC(1950, 0, 1);
const YEAR_2050 = Date.UTC(2050, 0, 1);

/** RFC 5280 §4.1.2.1 counts from 0. */
const VERSION_3 = 2;

/** DER of a self-signed certificate, RFC 5280 §4.1. */
export function buildSelfSigned(content: SelfSignedContent, sign: Signer): Buffer {
  const { profile, publicKey } = content;
  const name = distinguishedName(profile.commonName);
  const toBeSigned = sequence(
    explicit(contextTags[0], integer(Buffer.of(VERSION_3))),
    integer(content.serialNumber),
    sha256WithRsa(),
    name,
    sequence(time(content.notBefore), time(content.notAfter)),
    name,
    fromDer(publicKey.export({ type: 'spki', format: 'der' })),
    explicit(contextTags[3], sequence(noAuthority(), ...usagesAndNames(profile), keyIdentifier(publicKey))),
  );
  return signed(toBeSigned, sign);
}

function time(date: Date): asn1.Asn1 {
  const isNamedByTwoDigits = YEAR_1950 <= date.getTime() && date.getTime() < YEAR_2050;
  return isNamedByTwoDigits
    ? primitive(asn1.Type.UTCTIME, Buffer.from(asn1.dateToUtcTime(date)))
    : primitive(asn1.Type.GENERALIZEDTIME, Buffer.from(asn1.dateToGeneralizedTime(date)));
}
