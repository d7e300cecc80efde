import { asn1, util } from 'node-forge';

/*
 * DER, X.690, from its parts: what certificates and requests for them are built of.
 */

export function sequence(...parts: asn1.Asn1[]): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, parts);
}

export function set(...parts: asn1.Asn1[]): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, parts);
}

export function oid(id: string): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(id).getBytes());
}

export function integer(octets: Buffer): asn1.Asn1 {
  return primitive(asn1.Type.INTEGER, octets);
}

export function octetString(octets: Buffer): asn1.Asn1 {
  return primitive(asn1.Type.OCTETSTRING, octets);
}

export function bitString(octets: Buffer): asn1.Asn1 {
  return primitive(asn1.Type.BITSTRING, Buffer.concat([Buffer.of(0), octets]));
}

export function primitive(type: asn1.Type, octets: Buffer): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, type, false, octets.toString('binary'));
}

/** `[tag]` around a whole value. */
export function explicit(tag: asn1.Type, value: asn1.Asn1): asn1.Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, true, [value]);
}

/** `[tag]` in place of the value's own tag. */
export function implicit(tag: asn1.Type, octets: Buffer): asn1.Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, false, octets.toString('binary'));
}

export function toDer(value: asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'binary');
}

export function fromDer(der: Buffer): asn1.Asn1 {
  return asn1.fromDer(util.createBuffer(der.toString('binary')));
}
