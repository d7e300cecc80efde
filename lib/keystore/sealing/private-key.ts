import { readKeystoreText } from '../../system/read-file';
import type { KeyObject } from 'node:crypto';
import { Vb365Error } from '../../errors';
import { fileError } from '../../system/durable-files';
import type { Generation } from '../keystore';
import { openSealed } from './sealing';
import { doingWithout } from './sealed-text';

/** As much of a generation as it takes to open its private key. */
export interface KeyOfGeneration extends Pick<
  Generation,
  'lineage' | 'label' | 'certificate' | 'keyFile' | 'keyElsewhere'
> {
  /** Whether another generation is current. @default false */
  readonly isSuperseded?: boolean;
}

interface SealedFile {
  /** Absolute path. */
  readonly keyFile: string;
  readonly text: string;
}

/**
 * Opens the private key of a generation, and makes sure that it is the key of its certificate.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @throws Vb365Error `keystore-key-missing`, `keystore-key-elsewhere`, `keystore-unreadable`, `certificate-of-another-key`, and those of `openSealed`
 *
 * @example
 * ```ts
 * import { Keystore, openPrivateKey, readIdentities } from 'cdktf-vb365/keystore';
 *
 * async function open(): Promise<void> {
 *   const generation = new Keystore('/srv/vb365/keystore').current('contoso/entra-application');
 *   if (generation === undefined) return;
 *   const { identities } = await readIdentities('/home/operator/identity.txt');
 *   const privateKey = await openPrivateKey(generation, identities);
 *   console.log(privateKey.asymmetricKeyDetails?.modulusLength);
 * }
 * void open();
 * ```
 */
export async function openPrivateKey(generation: KeyOfGeneration, identities: readonly string[]): Promise<KeyObject> {
  return openTextOfKey(readSealed(generation).text, generation, identities);
}

/**
 * As `openPrivateKey`, where the file has been read already.
 *
 * @param text of the `.key.age` file
 */
export async function openTextOfKey(
  text: string,
  generation: Omit<KeyOfGeneration, 'keyFile'>,
  identities: readonly string[],
): Promise<KeyObject> {
  const { lineage, isSuperseded = false } = generation;
  const subject = subjectOf(generation);
  const orElse = doingWithout(lineage, isSuperseded);
  const privateKey = await openSealed(text, identities, { subject, orElse });
  if (!generation.certificate.belongsTo(privateKey)) {
    throw new Vb365Error('certificate-of-another-key', {
      subject,
      message: `${subject} holds the key of another certificate than ${generation.certificate.thumbprint}`,
      cure: `restore both files of the generation from Git, or ${orElse}`,
    });
  }
  return privateKey;
}

function subjectOf({ lineage, label }: Omit<KeyOfGeneration, 'keyFile'>): string {
  return `${lineage}/${label}.key.age`;
}

/** @throws Vb365Error `keystore-key-missing`, `keystore-key-elsewhere`, `keystore-unreadable` */
export function readSealed(generation: KeyOfGeneration): SealedFile {
  const { keyFile, certificate, lineage, isSuperseded = false } = generation;
  const subject = subjectOf(generation);
  if (keyFile === undefined && generation.keyElsewhere === true) {
    throw new Vb365Error('keystore-key-elsewhere', {
      subject,
      message: `the private key of ${lineage} ${generation.label} is kept outside of the keystore, as the head of its certificate says`,
      cure: 'use it where it is kept, or import the certificate of another key',
    });
  }
  if (keyFile === undefined) {
    throw new Vb365Error('keystore-key-missing', {
      subject,
      message: `there is no ${subject}: the certificate ${certificate.thumbprint} can be published, but not installed`,
      cure: `restore the key from Git, or ${doingWithout(lineage, isSuperseded)}`,
    });
  }
  try {
    return { keyFile, text: readKeystoreText(keyFile) };
  } catch (error) {
    throw fileError('keystore-unreadable', subject, 'read', error);
  }
}
