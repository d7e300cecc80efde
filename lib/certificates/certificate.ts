import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { type PemBlock, pemBlocks, toPem } from '../asn1/pem';
import { Vb365Error } from '../errors';
import { readDerValidity } from './x509/validity';
import { readX509Fields, type X509Fields } from './x509/fields';

const KEY_ALGORITHMS = ['rsa', 'rsa-pss', 'ec', 'ed25519', 'ed448', 'dsa'] as const;

/** Kind of a key, as node names it; `unknown` for those that only some versions of node know, such as ML-DSA. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number] | 'unknown';

export function keyAlgorithmOf({ asymmetricKeyType }: KeyObject): KeyAlgorithm {
  return KEY_ALGORITHMS.find((algorithm) => algorithm === asymmetricKeyType) ?? 'unknown';
}

const LABEL = 'CERTIFICATE';
const NO_CERTIFICATE = 'the ASN.1 is not that of a certificate';

/**
 * The public half of a certificate: what it says, and nothing secret.
 *
 * Two certificates are the same when their SHA-256 thumbprints are.
 */
export class Certificate {
  /**
   * The first certificate of a PEM text; whatever stands around it is passed over.
   *
   * @throws Vb365Error `certificate-unreadable` where there is none, or it is damaged.
   */
  static fromPem(pem: string): Certificate {
    const [first] = blocksOf(pem);
    if (first === undefined) throw unreadable('the text holds no block BEGIN CERTIFICATE');
    return new Certificate(parse(first.text));
  }

  /**
   * Every certificate of a PEM text, in its order.
   *
   * @throws Vb365Error `certificate-unreadable` where one is damaged.
   */
  static allFromPem(pem: string): Certificate[] {
    return blocksOf(pem).map(({ text }) => new Certificate(parse(text)));
  }

  /**
   * The certificate of DER bytes; the bytes of a PEM text do as well.
   *
   * @throws Vb365Error `certificate-unreadable` where they are neither.
   */
  static fromDer(der: Uint8Array): Certificate {
    return new Certificate(parse(der));
  }

  /** PEM with `\n` between its lines and none at the end: the provider compares it as text. */
  readonly pem: string;
  /** SHA-1 of the DER as 40 upper-case hex digits: what Windows, Veeam and Entra show as the thumbprint. */
  readonly thumbprint: string;
  /** SHA-256 of the DER as 64 upper-case hex digits. */
  readonly thumbprintSha256: string;
  /** First second of the validity (RFC 5280 §4.1.2.5: inclusive). */
  readonly notBefore: Date;
  /** Last second of the validity (RFC 5280 §4.1.2.5: inclusive). */
  readonly notAfter: Date;

  readonly #x509: X509Certificate;
  #fields: X509Fields | undefined;

  private constructor(x509: X509Certificate) {
    this.#x509 = x509;
    this.pem = toPem(LABEL, x509.raw);
    this.thumbprint = x509.fingerprint.replaceAll(':', '');
    this.thumbprintSha256 = x509.fingerprint256.replaceAll(':', '');
    const validity = readDerValidity(x509.raw);
    // The same words as where OpenSSL itself refuses such a date, which depends on its version.
    if (validity === undefined) throw unreadable(NO_CERTIFICATE);
    this.notBefore = validity.notBefore;
    this.notAfter = validity.notAfter;
  }

  /** The bytes that both thumbprints are hashes of. */
  get der(): Buffer {
    return this.#x509.raw;
  }

  /** Distinguished name on one line in the order of its encoding: `CN=vb365.example.com, O=Example`. */
  get subject(): string {
    return oneLine(this.#x509.subject);
  }

  /** Distinguished name in the form of `subject`; equal to it where the certificate is self-signed. */
  get issuer(): string {
    return oneLine(this.#x509.issuer);
  }

  /** Upper-case hex. */
  get serialNumber(): string {
    return this.#x509.serialNumber;
  }

  /** Of the public key; `unknown` also where node cannot read the key. */
  get keyAlgorithm(): KeyAlgorithm {
    return this.#publicKey === undefined ? 'unknown' : keyAlgorithmOf(this.#publicKey);
  }

  /** Bits of the RSA modulus; undefined for other keys. */
  get keySize(): number | undefined {
    return this.#publicKey?.asymmetricKeyDetails?.modulusLength;
  }

  /** Whether its own key signed it. */
  get isSelfSigned(): boolean {
    return this.isIssuedBy(this);
  }

  /** Whether its basic constraints say CA, and its key usages, where it has any, hold `keyCertSign`. */
  get isCertificateAuthority(): boolean {
    return this.#x509.ca;
  }

  /**
   * As OpenSSL names it: `sha256`, `sha1`; `none` for Ed25519 and Ed448; the OID where it is not known.
   *
   * @throws Vb365Error `certificate-unreadable` where the extensions are damaged.
   */
  get signatureHash(): string {
    return this.#readFields().signatureHash;
  }

  /**
   * DNS names among the alternative names, as they are encoded.
   *
   * @throws Vb365Error `certificate-unreadable` as `signatureHash`.
   */
  get dnsNames(): readonly string[] {
    return this.#readFields().dnsNames;
  }

  /**
   * Among the alternative names: dotted IPv4, or IPv6 in eight groups of lower-case hex without leading zeros.
   *
   * @throws Vb365Error `certificate-unreadable` as `signatureHash`.
   */
  get ipAddresses(): readonly string[] {
    return this.#readFields().ipAddresses;
  }

  /**
   * RFC 5280 names (`digitalSignature`); undefined where the extension is absent, which means any use.
   *
   * @throws Vb365Error `certificate-unreadable` as `signatureHash`.
   */
  get keyUsages(): readonly string[] | undefined {
    return this.#readFields().keyUsages;
  }

  /**
   * RFC 5280 names (`serverAuth`), the OID where unknown; undefined where the extension is absent.
   *
   * @throws Vb365Error `certificate-unreadable` as `signatureHash`.
   */
  get extendedKeyUsages(): readonly string[] | undefined {
    return this.#readFields().extendedKeyUsages;
  }

  /**
   * SHA-256 of the public key's SubjectPublicKeyInfo as lower-case hex: the same for every certificate of one key. Empty where
   * the kind of key is unknown.
   */
  get publicKeyHash(): string {
    const key = this.#publicKey?.export({ type: 'spki', format: 'der' });
    return key === undefined ? '' : createHash('sha256').update(key).digest('hex');
  }

  /** Whether the private key is the one of this certificate. */
  belongsTo(privateKey: KeyObject): boolean {
    return this.#x509.checkPrivateKey(privateKey);
  }

  /**
   * Whether this certificate names `issuer` as its issuer and bears the signature of its key.
   *
   * Key usage is not asked: OpenSSL's own check wants `keyCertSign`, which a self-signed server certificate does not have.
   */
  isIssuedBy(issuer: Certificate): boolean {
    const key = issuer.#publicKey;
    return key !== undefined && this.#x509.issuer === issuer.#x509.subject && this.#x509.verify(key);
  }

  /**
   * Whether a TLS client that connects to the host takes the certificate, RFC 6125 §6.4: an IP address must stand among the
   * addresses, a DNS name among the names, where `*` is the whole left-most label. The common name is looked at only where
   * there are no alternative names.
   *
   * @param host a DNS name in its ASCII form, or an IP address without brackets.
   * @throws Vb365Error `certificate-unreadable` as `signatureHash`.
   */
  coversHost(host: string): boolean {
    if (isIP(host) !== 0) return this.#x509.checkIP(host) !== undefined;
    const subject = this.dnsNames.length + this.ipAddresses.length > 0 ? 'never' : 'default';
    return this.#x509.checkHost(host, { subject, partialWildcards: false }) !== undefined;
  }

  /** Compares the SHA-256 thumbprints. */
  equals(other: Certificate): boolean {
    return this.thumbprintSha256 === other.thumbprintSha256;
  }

  /** Undefined where its kind is unknown. */
  get #publicKey(): KeyObject | undefined {
    try {
      const key = this.#x509.publicKey;
      return keyAlgorithmOf(key) === 'unknown' ? undefined : key;
    } catch {
      return undefined;
    }
  }

  #readFields(): X509Fields {
    try {
      return (this.#fields ??= readX509Fields(this.#x509.raw));
    } catch (cause) {
      throw unreadable('its extensions are not the ASN.1 of a certificate', cause);
    }
  }
}

function blocksOf(pem: string): PemBlock[] {
  return pemBlocks(pem).filter(({ label, body }) => label === LABEL && body !== '');
}

function parse(input: string | Uint8Array): X509Certificate {
  try {
    return new X509Certificate(input);
  } catch (cause) {
    throw unreadable(NO_CERTIFICATE, cause);
  }
}

function unreadable(why: string, cause?: unknown): Vb365Error {
  return new Vb365Error('certificate-unreadable', {
    message: `not an X.509 certificate: ${why}`,
    cure: 'give a certificate as PEM (BEGIN CERTIFICATE) or DER; a PFX goes through "vb365 import"',
    cause,
  });
}

/** node has no text for a name without parts. */
function oneLine(distinguishedName: string | undefined): string {
  return distinguishedName?.replaceAll('\n', ', ') ?? '';
}
