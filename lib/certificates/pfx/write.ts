import type { KeyObject } from 'node:crypto';
import { Vb365Error } from '../../errors';
import { type Certificate, keyAlgorithmOf } from '../certificate';
import { bmpString, der, explicit0, integer, objectIdentifier, octetString, sequence, setOf } from '../../asn1/write';
import { encrypt, type Locking, macDataOf, type PfxEncryption } from './encryption';
import { KeyDerivation } from './key-derivation';
import { usableKey } from '../key-and-certificate';
import { oids } from '../../asn1/oids';

/** What goes into a PFX, and how it is protected. */
export interface PfxOptions {
  /** The leaf; its SHA-1 thumbprint becomes the local key id that ties it to its key. */
  readonly certificate: Certificate;
  /** RSA of 2048 bits or more: the one of the certificate. */
  readonly privateKey: KeyObject;
  /** Issuers, the leaf's issuer first. @default none */
  readonly chain?: readonly Certificate[];
  /** May be empty, which Windows and OpenSSL read as no password. Java takes printable ASCII only. */
  readonly password: string;
  /** What Windows and Veeam show beside the certificate. */
  readonly friendlyName: string;
  /** @default 'modern' */
  readonly encryption?: PfxEncryption;
  /**
   * Provider that Windows puts the key into. Without one it chooses a CNG provider, whose keys app-only sign-in to
   * Exchange Online does not take (Microsoft, "App-only authentication for unattended scripts in Exchange Online
   * PowerShell").
   * @default 'Microsoft Enhanced RSA and AES Cryptographic Provider'
   */
  readonly cspName?: string;
}

const DEFAULT_CSP = 'Microsoft Enhanced RSA and AES Cryptographic Provider';

/**
 * Writes a PFX (PKCS#12, RFC 7292) in DER, with salts of its own in each file.
 *
 * @throws Vb365Error `private-key-missing`, `private-key-not-rsa`, `private-key-too-small`, `private-key-damaged`,
 * `certificate-of-another-key`
 */
export function writePfx(options: PfxOptions): Buffer {
  const { certificate, privateKey, chain = [], password, encryption = 'modern' } = options;
  if (privateKey.type !== 'private') {
    throw new Vb365Error('private-key-missing', {
      subject: certificate.subject,
      message: `a ${privateKey.type} key was given instead of a private key`,
      cure: 'give the private key of the certificate',
    });
  }
  usableKey({ algorithm: keyAlgorithmOf(privateKey), privateKey });
  if (!certificate.belongsTo(privateKey)) {
    throw new Vb365Error('certificate-of-another-key', {
      subject: certificate.subject,
      message: `the private key does not belong to the certificate with thumbprint ${certificate.thumbprint}`,
      cure: 'give the private key that the certificate was issued for',
    });
  }
  const locking: Locking = { password, encryption, derivation: new KeyDerivation() };
  const certificates = [
    certificateBag(certificate, leafAttributes(options)),
    ...chain.map((issuer) => certificateBag(issuer, [])),
  ];
  const content = sequence(
    encryptedSafe(sequence(...certificates), locking),
    plainSafe(sequence(keyBag(options, locking))),
  );
  return sequence(integer(3), contentInfo(oids.data, octetString(content)), macDataOf(content, locking));
}

function plainSafe(safeContents: Buffer): Buffer {
  return contentInfo(oids.data, octetString(safeContents));
}

/** EncryptedData of RFC 2315 §13. */
function encryptedSafe(safeContents: Buffer, locking: Locking): Buffer {
  const { algorithm, ciphertext } = encrypt(safeContents, locking);
  const encryptedContent = sequence(objectIdentifier(oids.data), algorithm, der(0x80, ciphertext));
  return contentInfo(oids.encryptedData, sequence(integer(0), encryptedContent));
}

function contentInfo(type: string, content: Buffer): Buffer {
  return sequence(objectIdentifier(type), explicit0(content));
}

function certificateBag(certificate: Certificate, attributes: readonly Buffer[]): Buffer {
  const value = sequence(objectIdentifier(oids.x509Certificate), explicit0(octetString(certificate.der)));
  return bag(oids.certificateBag, value, attributes);
}

function keyBag(options: PfxOptions, locking: Locking): Buffer {
  const { privateKey, cspName = DEFAULT_CSP } = options;
  const { algorithm, ciphertext } = encrypt(privateKey.export({ type: 'pkcs8', format: 'der' }), locking);
  return bag(oids.shroudedKeyBag, sequence(algorithm, octetString(ciphertext)), [
    ...leafAttributes(options),
    attribute(oids.microsoftCspName, bmpString(cspName)),
  ]);
}

/** RFC 7292 §4.2: an empty SET of attributes is left out. */
function bag(type: string, value: Buffer, attributes: readonly Buffer[]): Buffer {
  const optional = attributes.length === 0 ? [] : [setOf(...attributes)];
  return sequence(objectIdentifier(type), explicit0(value), ...optional);
}

/** The same on the key and its certificate: the id, SHA-1 of the certificate by custom, ties them together. */
function leafAttributes({ certificate, friendlyName }: PfxOptions): Buffer[] {
  return [
    attribute(oids.friendlyName, bmpString(friendlyName)),
    attribute(oids.localKeyId, octetString(Buffer.from(certificate.thumbprint, 'hex'))),
  ];
}

function attribute(type: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(type), setOf(value));
}
