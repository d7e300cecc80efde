import { createHash, type KeyObject } from 'node:crypto';
import { parse as parseAddress } from 'ipaddr.js';
import { asn1, util } from 'node-forge';
import { contextTags } from './context-tags';
import type { ExtendedKeyUsage } from '../catalogue/roles';
import type { CertificateProfile, KeyUsage } from './profile';

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

/** RFC 5280 §4.1.2.5: dates from 2050 on are GeneralizedTime, earlier ones UTCTime. */
const YEAR_2050 = Date.UTC(2050, 0, 1);

/** RFC 5280 §4.1.2.1 counts from 0. */
const VERSION_3 = 2;

const COMMON_NAME = '2.5.4.3';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

/** RFC 5280 §4.2.1. */
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_KEY_USAGE = '2.5.29.37';

/** Alternatives of GeneralName, RFC 5280 §4.2.1.6. */
const DNS_NAME = contextTags[2];
const IP_ADDRESS = contextTags[7];

/** Bits of the first octet; both usages stand there. */
const KEY_USAGE_BITS: Readonly<Record<KeyUsage, number>> = { digitalSignature: 0x80, keyEncipherment: 0x20 };

const EXTENDED_KEY_USAGE_OIDS: Readonly<Record<ExtendedKeyUsage, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};

/**
 * DER of a self-signed certificate, RFC 5280 §4.1.
 *
 * @param sign gives the signature of RSASSA-PKCS1-v1_5 with SHA-256 over the TBSCertificate that it receives.
 */
export function buildSelfSigned(content: SelfSignedContent, sign: (toBeSigned: Buffer) => Buffer): Buffer {
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
    explicit(contextTags[3], sequence(...extensions(profile, publicKey))),
  );
  return toDer(sequence(toBeSigned, sha256WithRsa(), bitString(sign(toDer(toBeSigned)))));
}

function extensions(profile: CertificateProfile, publicKey: KeyObject): asn1.Asn1[] {
  const names = [
    ...profile.dnsNames.map((name) => implicit(DNS_NAME, Buffer.from(name, 'ascii'))),
    ...profile.ipAddresses.map((address) => implicit(IP_ADDRESS, Buffer.from(parseAddress(address).toByteArray()))),
  ];
  return [
    // Critical, because a self-signed certificate may come to stand among the trusted roots: it must never pass as an authority.
    extension(BASIC_CONSTRAINTS, sequence(), { critical: true }),
    extension(KEY_USAGE, keyUsage(profile.keyUsages), { critical: true }),
    extension(
      EXTENDED_KEY_USAGE,
      sequence(...profile.extendedKeyUsages.map((usage) => oid(EXTENDED_KEY_USAGE_OIDS[usage]))),
    ),
    ...(names.length > 0 ? [extension(SUBJECT_ALTERNATIVE_NAME, sequence(...names))] : []),
    extension(SUBJECT_KEY_IDENTIFIER, octetString(keyIdentifier(publicKey))),
  ];
}

/** RFC 5280 §4.2.1.2 (1): SHA-1 of the public key's bit string. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha1')
    .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
    .digest();
}

function keyUsage(usages: readonly KeyUsage[]): asn1.Asn1 {
  const bits = usages.reduce((octet, usage) => octet | KEY_USAGE_BITS[usage], 0);
  // DER drops the zero bits at the end: 0xa0 has five of them.
  const unused = bits === 0 ? 0 : 31 - Math.clz32(bits & -bits);
  return primitive(asn1.Type.BITSTRING, Buffer.of(unused, bits));
}

function extension(id: string, value: asn1.Asn1, options: { readonly critical?: boolean } = {}): asn1.Asn1 {
  // DER leaves a default out: critical is FALSE where it is absent.
  const critical = options.critical ? [primitive(asn1.Type.BOOLEAN, Buffer.of(0xff))] : [];
  return sequence(oid(id), ...critical, octetString(toDer(value)));
}

/** UTF8String for every name, as RFC 5280 §4.1.2.4 asks of new certificates. */
function distinguishedName(commonName: string): asn1.Asn1 {
  const attribute = sequence(oid(COMMON_NAME), primitive(asn1.Type.UTF8, Buffer.from(commonName, 'utf8')));
  return sequence(asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, [attribute]));
}

function time(date: Date): asn1.Asn1 {
  const early = date.getTime() < YEAR_2050;
  return early
    ? primitive(asn1.Type.UTCTIME, Buffer.from(asn1.dateToUtcTime(date)))
    : primitive(asn1.Type.GENERALIZEDTIME, Buffer.from(asn1.dateToGeneralizedTime(date)));
}

function sha256WithRsa(): asn1.Asn1 {
  return sequence(oid(SHA256_WITH_RSA), primitive(asn1.Type.NULL, Buffer.alloc(0)));
}

function sequence(...parts: asn1.Asn1[]): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, parts);
}

function oid(id: string): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(id).getBytes());
}

function integer(octets: Buffer): asn1.Asn1 {
  return primitive(asn1.Type.INTEGER, octets);
}

function octetString(octets: Buffer): asn1.Asn1 {
  return primitive(asn1.Type.OCTETSTRING, octets);
}

function bitString(octets: Buffer): asn1.Asn1 {
  return primitive(asn1.Type.BITSTRING, Buffer.concat([Buffer.of(0), octets]));
}

function primitive(type: asn1.Type, octets: Buffer): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, type, false, octets.toString('binary'));
}

/** `[tag]` around a whole value. */
function explicit(tag: asn1.Type, value: asn1.Asn1): asn1.Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, true, [value]);
}

/** `[tag]` in place of the value's own tag. */
function implicit(tag: asn1.Type, octets: Buffer): asn1.Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, false, octets.toString('binary'));
}

function toDer(value: asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'binary');
}

function fromDer(der: Buffer): asn1.Asn1 {
  return asn1.fromDer(util.createBuffer(der.toString('binary')));
}
