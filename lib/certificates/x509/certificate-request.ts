import { createHash, createPublicKey, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { asn1 } from 'node-forge';
import { Vb365Error } from '../../errors';
import { keyAlgorithmOf } from '../certificate';
import { contextTags } from '../context-tags';
import { damaged } from '../../asn1/malformed';
import { type Asn1, childrenOf, octetsOf, readAsn1, Tag } from '../../asn1/read';
import type { CertificateProfile } from '../profile';
import { explicit, fromDer, integer, oid, sequence, set, toDer } from '../x509-der';
import { distinguishedName, signed, usagesAndNames } from '../x509-parts';

export interface RequestOptions {
  readonly profile: CertificateProfile;
  /** Bits of the RSA modulus. */
  readonly keySize: 2048 | 3072 | 4096;
}

/** A request, and the key that its certificate will belong to. */
export interface NewCertificateRequest {
  readonly request: CertificateRequest;
  readonly privateKey: KeyObject;
}

/** RFC 2986 §4.1: v1. */
const VERSION_1 = 0;
/** PKCS#9 extensionRequest, RFC 2985 §5.4.2. */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/** keytool and Windows write NEW. */
const PEM_BLOCK = /-----BEGIN ((?:NEW )?CERTIFICATE REQUEST)-----((?:(?!-----)[\s\S])+)-----END \1-----/;

const BIT_STRING = 0x03;

const generateKeys = promisify(generateKeyPair);

/**
 * A certificate signing request (PKCS#10, RFC 2986): the public half of a key, and what its certificate shall say.
 */
export class CertificateRequest {
  /**
   * The first request of a PEM text; whatever stands around it is passed over.
   *
   * @throws Vb365Error `certificate-request-unreadable` where there is none, it is damaged, or its own key did not sign it.
   */
  static fromPem(text: string): CertificateRequest {
    const [, , body] = PEM_BLOCK.exec(text) ?? [];
    if (body === undefined) throw unreadable('the text holds no block BEGIN CERTIFICATE REQUEST');
    return CertificateRequest.fromDer(Buffer.from(body, 'base64'));
  }

  /** @throws Vb365Error `certificate-request-unreadable` */
  static fromDer(der: Buffer): CertificateRequest {
    const { content, publicKey } = readContent(der);
    return new CertificateRequest(der, content, publicKey);
  }

  /** PEM with `\n` between its lines and none at the end. */
  readonly pem: string;
  readonly publicKey: KeyObject;

  readonly #content: Buffer;

  private constructor(der: Buffer, content: Buffer, publicKey: KeyObject) {
    const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
    this.pem = ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----'].join('\n');
    this.publicKey = publicKey;
    this.#content = content;
  }

  /** As `Certificate.publicKeyHash`: the same for the request and for the certificate that answers it. */
  get publicKeyHash(): string {
    return createHash('sha256')
      .update(this.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  }

  /** Bits of the RSA modulus; undefined for other keys. */
  get keySize(): number | undefined {
    return this.publicKey.asymmetricKeyDetails?.modulusLength;
  }

  /** Whether it asks for what a profile says, to the letter. */
  asksFor(profile: CertificateProfile): boolean {
    return toDer(contentOf(profile, this.publicKey)).equals(this.#content);
  }
}

/**
 * A new RSA key and a request for a certificate of a profile, signed with SHA-256.
 *
 * The key is made by OpenSSL on a thread of its own, as for self-signed certificates.
 */
export async function requestCertificate({ profile, keySize }: RequestOptions): Promise<NewCertificateRequest> {
  const { publicKey, privateKey } = await generateKeys('rsa', { modulusLength: keySize });
  const der = signed(contentOf(profile, publicKey), (toBeSigned) => sign('sha256', toBeSigned, privateKey));
  return { request: CertificateRequest.fromDer(der), privateKey };
}

/**
 * CertificationRequestInfo. Basic constraints and key identifiers are left to the authority, which sets its own: some
 * refuse a request that names them.
 */
function contentOf(profile: CertificateProfile, publicKey: KeyObject): asn1.Asn1 {
  const extensions = sequence(...usagesAndNames(profile));
  return sequence(
    integer(Buffer.of(VERSION_1)),
    distinguishedName(profile.commonName),
    fromDer(publicKey.export({ type: 'spki', format: 'der' })),
    explicit(contextTags[0], sequence(oid(EXTENSION_REQUEST), set(extensions))),
  );
}

function readContent(der: Buffer): { readonly content: Buffer; readonly publicKey: KeyObject } {
  const [content, spki, signature] = takeApart(der);
  const publicKey = readKey(spki);
  if (!isSignedBy(publicKey, content.encoded, signature)) throw unreadable('its own key did not sign it');
  return { content: content.encoded, publicKey };
}

function takeApart(der: Buffer): [content: Asn1, spki: Asn1, signature: Buffer] {
  try {
    const request = readAsn1(der, 'the request');
    const [content, , signature] = childrenOf(request, Tag.sequence, 'the request');
    const [, , spki] = childrenOf(content, Tag.sequence, 'the content');
    if (content === undefined || spki === undefined) throw damaged('the public key is missing');
    // The first octet counts the unused bits at the end, of which a signature has none.
    return [content, spki, octetsOf(signature, BIT_STRING, 'the signature').subarray(1)];
  } catch (cause) {
    throw unreadable('its ASN.1 is not that of PKCS#10', cause);
  }
}

function readKey(spki: Asn1): KeyObject {
  const why = 'its public key is damaged, or of a kind that is not known';
  let key: KeyObject;
  try {
    key = createPublicKey({ key: spki.encoded, format: 'der', type: 'spki' });
  } catch (cause) {
    throw unreadable(why, cause);
  }
  if (keyAlgorithmOf(key) === 'unknown') throw unreadable(why);
  return key;
}

function isSignedBy(publicKey: KeyObject, content: Buffer, signature: Buffer): boolean {
  try {
    return verify('sha256', content, publicKey, signature);
  } catch {
    return false;
  }
}

function unreadable(why: string, cause?: unknown): Vb365Error {
  return new Vb365Error('certificate-request-unreadable', {
    message: `not a certificate signing request: ${why}`,
    cure: 'give a request as PEM (BEGIN CERTIFICATE REQUEST)',
    cause,
  });
}
