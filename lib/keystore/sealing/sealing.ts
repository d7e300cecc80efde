import { createPrivateKey, type KeyObject } from 'node:crypto';
import { keyAlgorithmOf } from '../../certificates/certificate';
import { Vb365Error } from '../../errors';
import { ARMOR_BEGIN, isSealed } from './sealed-text';

/** What age needs of a library that seals. */
interface Encrypter {
  encrypt(file: string): Promise<Uint8Array>;
}

const BINARY_BEGIN = 'age-encryption.org/v1';

/**
 * Seals private keys to recipients, which are public: whoever seals cannot open.
 *
 * Made once a run; any number of keys may be sealed at once, about 2 ms each.
 */
export class Sealer {
  /**
   * For these recipients, each of whom can open every key alone.
   *
   * @param recipients `age1…`, as `readRecipients` gives them
   * @throws Vb365Error `recipients-missing` where there is none
   */
  static async create(recipients: readonly string[]): Promise<Sealer> {
    if (recipients.length === 0) {
      throw new Vb365Error('recipients-missing', {
        message: 'there is no recipient to seal a private key to',
        cure: 'run "vb365 init", or write the recipient of your identity into recipients.txt',
      });
    }
    // Published as an ES module only, and not needed where nothing is sealed.
    const age = await import('age-encryption');
    const encrypter = new age.Encrypter();
    for (const recipient of recipients) encrypter.addRecipient(recipient);
    return new Sealer(encrypter, (file) => age.armor.encode(file));
  }

  readonly #encrypter: Encrypter;
  readonly #armor: (file: Uint8Array) => string;

  private constructor(encrypter: Encrypter, armor: (file: Uint8Array) => string) {
    this.#encrypter = encrypter;
    this.#armor = armor;
  }

  /** PKCS#8 PEM of the key, sealed and armoured: the text of a `.key.age` file. */
  async seal(privateKey: KeyObject): Promise<string> {
    return this.#armor(await this.#encrypter.encrypt(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()));
  }
}

/**
 * Opens a sealed private key with the first identity that fits.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @param options.subject what the errors name: a lineage or a file
 * @param options.orElse what gives another key where this one is lost, as the part of a cure
 * @throws Vb365Error `key-not-sealed`, `key-not-sealed-to-identity`, `sealed-key-damaged`
 */
export async function openSealed(
  text: string,
  identities: readonly string[],
  options: { readonly subject?: string; readonly orElse?: string } = {},
): Promise<KeyObject> {
  const subject = options.subject ?? 'the sealed key';
  const orElse = options.orElse ?? 'renew the certificate';
  if (!isSealed(text)) throw notSealed(text, subject, orElse);
  const age = await import('age-encryption');
  const decrypter = new age.Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  // Asked last, and only when none before could open: this tells a foreign file from a damaged one.
  const noneFits = {
    wasAsked: false,
    unwrapFileKey: () => {
      noneFits.wasAsked = true;
      return null;
    },
  };
  decrypter.addIdentity(noneFits);
  let pem: string;
  try {
    pem = await decrypter.decrypt(age.armor.decode(text), 'text');
  } catch {
    // The cause is dropped on purpose: a library's words about secret material are not ours to pass on.
    throw noneFits.wasAsked
      ? notSealedToIdentity(subject, identities.length, orElse)
      : damaged(subject, 'it was cut off or changed', orElse);
  }
  return readPrivateKey(pem, subject, orElse);
}

function readPrivateKey(pem: string, subject: string, orElse: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (keyAlgorithmOf(key) !== 'unknown') return key;
  } catch {
    // Told below: OpenSSL's reason may quote the key.
  }
  throw damaged(subject, 'what it holds is not a private key in PEM', orElse);
}

function notSealed(text: string, subject: string, orElse: string): Vb365Error {
  return text.startsWith(BINARY_BEGIN)
    ? new Vb365Error('key-not-sealed', {
        subject,
        message: `${subject} is sealed, but as bytes and not as armoured text`,
        cure: 'seal it again with "age --armor"',
      })
    : new Vb365Error('key-not-sealed', {
        subject,
        message: text.startsWith(ARMOR_BEGIN)
          ? `${subject} is cut off: a file sealed with age ends with -----END AGE ENCRYPTED FILE-----`
          : `${subject} is not a file sealed with age, which begins with ${ARMOR_BEGIN}`,
        cure: `restore the file from Git; where it holds a private key in the clear, take that key as leaked and ${orElse}`,
      });
}

function damaged(subject: string, why: string, orElse: string): Vb365Error {
  return new Vb365Error('sealed-key-damaged', {
    subject,
    message: `${subject} cannot be opened: ${why}`,
    cure: `restore the file from Git, or ${orElse}`,
  });
}

function notSealedToIdentity(subject: string, count: number, orElse: string): Vb365Error {
  return new Vb365Error('key-not-sealed-to-identity', {
    subject,
    message: `${subject} is not sealed to ${count === 1 ? 'your identity' : `any of your ${count} identities`}`,
    cure: `set VB365_IDENTITY to an identity that opens it, or let somebody who has one add you to recipients.txt and run "vb365 reseal"; where nobody has one, ${orElse}`,
  });
}
