import { createPrivateKey } from 'node:crypto';
import { Vb365Error } from '../errors';
import { Certificate, keyAlgorithmOf } from './certificate';
import { unfoldCollections } from './certificates-only';
import { derOf, type PemBlock, pemBlocks } from '../asn1/pem';
import { readAsn1 } from '../asn1/read';
import { aboutSubject, passwordWrong } from './pfx/errors';
import { KeyDerivation } from './pfx/key-derivation';
import { type FoundCertificate, type FoundKey, type KeyAndCertificate, pairUp } from './key-and-certificate';
import { readEncryptedPrivateKey, readPrivateKey } from './pfx/private-key';

const KEY_LABEL = /^(?:[A-Z0-9]+ )?PRIVATE KEY$/;

/** What opens an encrypted key, and what the errors call the texts. */
export interface ReadPemPairOptions {
  /** Of an encrypted private key. @default none */
  readonly password?: string | undefined;
  /** Names of the files that the texts come from, in their order, for the errors. @default none */
  readonly subjects?: readonly string[];
}

/**
 * Reads a certificate, its issuers and its private key from PEM, all in one text or each in its own, in any order. Certificates may
 * stand in a block of PKCS#7 (`.p7b`).
 *
 * The key may be PKCS#8 (PRIVATE KEY, ENCRYPTED PRIVATE KEY) or PKCS#1 (RSA PRIVATE KEY, encrypted or not).
 *
 * @throws Vb365Error `pem-key-unreadable`, `pfx-password-wrong`, `pfx-cipher-unsupported`, `pfx-iterations-too-many`,
 * `certificate-unreadable`, `answer-unreadable`, `private-key-missing`, `private-keys-several`, `private-key-not-rsa`,
 * `private-key-too-small`, `private-key-damaged`, `certificate-missing`, `certificate-of-another-key`
 */
export function readPemPair(texts: string | readonly string[], options: ReadPemPairOptions = {}): KeyAndCertificate {
  const parts = (typeof texts === 'string' ? [texts] : texts).map((text, index) => {
    const subject = options.subjects?.[index];
    return aboutSubject(subject, () => readText(text, subject, options.password));
  });
  const keys = parts.flatMap((part) => part.keys);
  const certificates = parts.flatMap((part) => part.certificates);
  if (keys.length === 0) throw keyMissing(parts, certificates.length);
  try {
    return pairUp(keys, certificates);
  } catch (error) {
    const isAboutKey = error instanceof Vb365Error && error.code.startsWith('private-key');
    const file = parts.find((part) => (isAboutKey ? part.keys : part.certificates).length > 0) ?? parts[0];
    return aboutSubject(file?.subject, () => {
      throw error;
    });
  }
}

/** What one of the texts holds. */
interface PemPart {
  readonly subject: string | undefined;
  readonly keys: readonly FoundKey[];
  readonly certificates: readonly FoundCertificate[];
}

function readText(given: string, subject: string | undefined, password: string | undefined): PemPart {
  const text = unfoldCollections(given);
  const keys = pemBlocks(text)
    .filter(({ label }) => KEY_LABEL.test(label))
    .map((block) => readKey(block, password));
  const certificates = Certificate.allFromPem(text).map((certificate) => ({ certificate }));
  return { subject, keys, certificates };
}

function readKey(block: PemBlock, password: string | undefined): FoundKey {
  const { label, body, text } = block;
  if (label === 'ENCRYPTED PRIVATE KEY') {
    // Not left to OpenSSL: it would follow any iteration count that the file asks for.
    const encrypted = readAsn1(derOf(block), 'the encrypted private key');
    return readEncryptedPrivateKey(encrypted, { password, derivation: new KeyDerivation() });
  }
  const isEncrypted = body.includes('Proc-Type: 4,ENCRYPTED');
  try {
    // By its object identifier: newer versions of OpenSSL know kinds that older ones cannot read.
    if (label === 'PRIVATE KEY') return readPrivateKey(readAsn1(derOf(block), 'the private key'));
    const privateKey = createPrivateKey({
      key: text,
      format: 'pem',
      ...(isEncrypted && { passphrase: password ?? '' }),
    });
    return { algorithm: keyAlgorithmOf(privateKey), privateKey };
  } catch {
    // OpenSSL's reason is left out: it may quote the key.
    throw isEncrypted ? passwordWrong('the private key', password) : unreadable(label);
  }
}

function unreadable(label: string): Vb365Error {
  return new Vb365Error('pem-key-unreadable', {
    message: `the block BEGIN ${label} is not a private key that can be read`,
    cure: label.startsWith('OPENSSH')
      ? 'convert a copy of it, in its place: ssh-keygen -p -m PKCS8 -f copy.key'
      : 'copy the file again, or export the key again where it was made, as PKCS#8 (BEGIN PRIVATE KEY)',
  });
}

/** The last text is the one that was to hold the key. */
function keyMissing(parts: readonly PemPart[], certificates: number): Vb365Error {
  const subject = parts.at(-1)?.subject;
  return new Vb365Error('private-key-missing', {
    ...(subject !== undefined && { subject }),
    message: `there is no private key; number of certificates: ${certificates}`,
    cure:
      parts.length > 1
        ? 'name a file that holds a block BEGIN PRIVATE KEY'
        : 'give the PEM file of its private key with --key <file>, or take a file that holds both',
  });
}
