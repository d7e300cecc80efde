import { createHash, type KeyObject } from 'node:crypto';
import { parse as parseAddress } from 'ipaddr.js';
import { asn1 } from 'node-forge';
import type { ExtendedKeyUsage } from '../catalogue/roles';
import { contextTags } from './context-tags';
import type { CertificateProfile, KeyUsage } from './profile';
import { bitString, implicit, octetString, oid, primitive, sequence, set, toDer } from './x509-der';

/*
 * What certificates and requests for them have in common: names, extensions, and the frame with the signature.
 */

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

/** Gives the signature of RSASSA-PKCS1-v1_5 with SHA-256 over the bytes that it receives. */
export type Signer = (toBeSigned: Buffer) => Buffer;

/** What is signed, how, and the signature: the frame of RFC 5280 §4.1 and of RFC 2986 §4.2. DER. */
export function signed(toBeSigned: asn1.Asn1, sign: Signer): Buffer {
  return toDer(sequence(toBeSigned, sha256WithRsa(), bitString(sign(toDer(toBeSigned)))));
}

export function sha256WithRsa(): asn1.Asn1 {
  return sequence(oid(SHA256_WITH_RSA), primitive(asn1.Type.NULL, Buffer.alloc(0)));
}

/** UTF8String for every name, as RFC 5280 §4.1.2.4 asks of new certificates. */
export function distinguishedName(commonName: string): asn1.Asn1 {
  return sequence(set(sequence(oid(COMMON_NAME), primitive(asn1.Type.UTF8, Buffer.from(commonName, 'utf8')))));
}

/** Critical, because a self-signed certificate may come to stand among the trusted roots: it must never pass as an authority. */
export function noAuthority(): asn1.Asn1 {
  return extension(BASIC_CONSTRAINTS, sequence(), { critical: true });
}

/** What the key may be used for, and the alternative names where there are any. */
export function usagesAndNames(profile: CertificateProfile): asn1.Asn1[] {
  const names = [
    ...profile.dnsNames.map((name) => implicit(DNS_NAME, Buffer.from(name, 'ascii'))),
    ...profile.ipAddresses.map((address) => implicit(IP_ADDRESS, Buffer.from(parseAddress(address).toByteArray()))),
  ];
  return [
    extension(KEY_USAGE, keyUsage(profile.keyUsages), { critical: true }),
    extension(
      EXTENDED_KEY_USAGE,
      sequence(...profile.extendedKeyUsages.map((usage) => oid(EXTENDED_KEY_USAGE_OIDS[usage]))),
    ),
    ...(names.length > 0 ? [extension(SUBJECT_ALTERNATIVE_NAME, sequence(...names))] : []),
  ];
}

/** RFC 5280 §4.2.1.2 (1): SHA-1 of the public key's bit string. */
export function keyIdentifier(publicKey: KeyObject): asn1.Asn1 {
  const digest = createHash('sha1').update(publicKey.export({ type: 'pkcs1', format: 'der' }));
  return extension(SUBJECT_KEY_IDENTIFIER, octetString(digest.digest()));
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
