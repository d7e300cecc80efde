import { createHash, createPublicKey, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { Vb365Error } from '../../errors';
import { keyAlgorithmOf } from '../certificate';
import { damaged } from '../../asn1/malformed';
import { derOf, pemBlocks, toPem } from '../../asn1/pem';
import { type Asn1, childrenOf, octetsOf, readAsn1, Tag } from '../../asn1/read';
import type { CertificateProfile } from '../profile';
import { buildRequest, requestInfo } from './build';

/** What a request asks for, and how large its key is. */
export interface RequestOptions {
  /** Gives the common name, the alternative names and the usages that are asked for. */
  readonly profile: CertificateProfile;
  /** Bits of the RSA modulus. */
  readonly keySize: 2048 | 3072 | 4096;
}

/** A request, and the key that its certificate will belong to. */
export interface NewCertificateRequest {
  /** Public: what a certification authority is given. */
  readonly request: CertificateRequest;
  /** RSA, in memory only. Secret. */
  readonly privateKey: KeyObject;
}

/** keytool and Windows write NEW. */
export const REQUEST_LABEL = /^(?:NEW )?CERTIFICATE REQUEST$/;

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
    const block = pemBlocks(text).find(({ label, body }) => REQUEST_LABEL.test(label) && body !== '');
    if (block === undefined) throw unreadable('the text holds no block BEGIN CERTIFICATE REQUEST');
    return CertificateRequest.fromDer(derOf(block));
  }

  /**
   * The request of DER bytes.
   *
   * @throws Vb365Error `certificate-request-unreadable` where they are damaged, or its own key did not sign it.
   */
  static fromDer(der: Buffer): CertificateRequest {
    const { content, publicKey } = readContent(der);
    return new CertificateRequest(der, content, publicKey);
  }

  /** PEM with `\n` between its lines and none at the end. */
  readonly pem: string;
  /** Of any kind that node knows; `asksFor` wants RSA. */
  readonly publicKey: KeyObject;

  readonly #content: Buffer;

  private constructor(der: Buffer, content: Buffer, publicKey: KeyObject) {
    this.pem = toPem('CERTIFICATE REQUEST', der);
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
    const isRsa = keyAlgorithmOf(this.publicKey) === 'rsa';
    return isRsa && requestInfo({ profile, publicKey: this.publicKey }).equals(this.#content);
  }
}

/**
 * A new RSA key and a request for a certificate of a profile, signed with SHA-256.
 *
 * The key is made by OpenSSL on a thread of its own, as for self-signed certificates.
 */
export async function requestCertificate({ profile, keySize }: RequestOptions): Promise<NewCertificateRequest> {
  const { publicKey, privateKey } = await generateKeys('rsa', { modulusLength: keySize });
  const der = buildRequest({ profile, publicKey }, (toBeSigned) => sign('sha256', toBeSigned, privateKey));
  return { request: CertificateRequest.fromDer(der), privateKey };
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
    return [content, spki, octetsOf(signature, Tag.bitString, 'the signature').subarray(1)];
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
