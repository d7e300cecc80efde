import { generateKeyPairSync } from 'node:crypto';

/** Certificates, requests and keys by hand: no tool writes those in which versions of OpenSSL and of Node differ. */

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const OIDS = { rsa: '1.2.840.113549.1.1.1', ed25519: '1.3.101.112', 'ml-dsa-44': '2.16.840.1.101.3.4.3.17' };
/** Octets of a public key: any are one. */
const PUBLIC = { ed25519: 32, 'ml-dsa-44': 1312 };
const TAGS = { utf8: 12, printable: 19, teletex: 20, ia5: 22, bmp: 30, utc: 23, generalized: 24 };

/** @param options `subject`: entries of oid, kind and text (hex where it begins with 0x); `notAfter`: kind and text; `serial`: hex */
export function certificate({
  subject = [['2.5.4.3', 'utf8', 'a']],
  notAfter = ['utc', '360101000000Z'],
  serial = '05',
  ...more
}) {
  const { key = 'rsa', dnsNames = [], ipAddresses = [] } = more;
  const name = sequence(...subject.map(([type, kind, text]) => tlv(0x31, sequence(oid(type), string(kind, text)))));
  const names = [
    ...dnsNames.map((text) => tlv(0x82, Buffer.from(text, 'latin1'))),
    ...ipAddresses.map((text) => tlv(0x87, Buffer.from(text, 'hex'))),
  ];
  const extensions = tlv(0xa3, sequence(sequence(oid('2.5.29.17'), tlv(4, sequence(...names)))));
  const validity = sequence(string('utc', '260101000000Z'), string(...notAfter));
  const version = tlv(0xa0, tlv(2, Buffer.of(2)));
  const fields = [tlv(2, Buffer.from(serial, 'hex')), algorithm(SHA256_WITH_RSA), name, validity, name, publicKey(key)];
  return signed(sequence(version, ...fields, ...(names.length > 0 ? [extensions] : [])));
}

export function request({ key }) {
  const name = sequence(tlv(0x31, sequence(oid('2.5.4.3'), string('utf8', 'a'))));
  return signed(sequence(tlv(2, Buffer.of(0)), name, publicKey(key), tlv(0xa0)));
}

/** PKCS#8. @param options `kind`; of RSA: `bits`, `changed` (the number whose last octet is another), `version` */
export function privateKey({ kind, bits = 2048, changed, version = 0 }) {
  if (kind === 'ml-dsa-44') return pkcs8(version, sequence(oid(OIDS[kind])), tlv(0x80, Buffer.alloc(32, 1)));
  if (kind !== 'rsa')
    return generateKeyPairSync(kind, { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'der' });
  const jwk = generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ format: 'jwk' });
  const numbers = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((part) => {
    const octets = Buffer.from(jwk[part], 'base64url');
    if (part === changed) octets[octets.length - 1] ^= 2;
    // DER has a zero before a number that would be negative without it, and nowhere else.
    return tlv(2, Buffer.alloc(octets[0] >> 7), octets);
  });
  return pkcs8(version, algorithm(OIDS.rsa), sequence(tlv(2, Buffer.of(0)), ...numbers));
}

export function pem(label, der) {
  return `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
}

function pkcs8(version, kind, key) {
  return sequence(tlv(2, Buffer.of(version)), kind, tlv(4, key));
}

function publicKey(kind) {
  if (kind !== 'rsa') return sequence(sequence(oid(OIDS[kind])), tlv(3, Buffer.alloc(PUBLIC[kind] + 1)));
  const modulus = tlv(2, Buffer.of(0), Buffer.alloc(256, 0xa5));
  return sequence(algorithm(OIDS.rsa), tlv(3, Buffer.of(0), sequence(modulus, tlv(2, Buffer.of(1, 0, 1)))));
}

function signed(content) {
  return sequence(content, algorithm(SHA256_WITH_RSA), tlv(3, Buffer.alloc(257)));
}

function algorithm(type) {
  return sequence(oid(type), tlv(5));
}

function string(kind, text) {
  return tlv(TAGS[kind], text.startsWith('0x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text));
}

function sequence(...parts) {
  return tlv(0x30, ...parts);
}

function oid(text) {
  const [first, second, ...rest] = text.split('.').map(Number);
  return tlv(6, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(number) {
  const octets = [number & 0x7f];
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
    octets.unshift((left & 0x7f) | 0x80);
  return octets;
}

function tlv(tag, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
