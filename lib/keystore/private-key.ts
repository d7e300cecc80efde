import { readFileSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { Vb365Error } from '../errors';
import { fileError } from './durable-files';
import type { Generation } from './keystore';
import { openSealed, renewing } from './sealing';

/** As much of a generation as it takes to open its private key. */
export type KeyOfGeneration = Pick<Generation, 'lineage' | 'label' | 'certificate' | 'keyFile'>;

/**
 * Opens the private key of a generation, and makes sure that it is the key of its certificate.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @throws Vb365Error `keystore-key-missing`, `keystore-unreadable`, `certificate-of-another-key`, and those of `openSealed`
 */
export async function openPrivateKey(generation: KeyOfGeneration, identities: readonly string[]): Promise<KeyObject> {
  const { lineage } = generation;
  const subject = `${lineage}/${generation.label}.key.age`;
  const privateKey = await openSealed(readSealed(generation, subject), identities, {
    subject,
    orElse: renewing(lineage),
  });
  if (!generation.certificate.belongsTo(privateKey)) {
    throw new Vb365Error('certificate-of-another-key', {
      subject,
      message: `${subject} holds the key of another certificate than ${generation.certificate.thumbprint}`,
      cure: `restore both files of the generation from Git, or ${renewing(lineage)}`,
    });
  }
  return privateKey;
}

function readSealed({ keyFile, certificate, lineage }: KeyOfGeneration, subject: string): string {
  if (keyFile === undefined) {
    throw new Vb365Error('keystore-key-missing', {
      subject,
      message: `there is no ${subject}: the certificate ${certificate.thumbprint} can be published, but not installed`,
      cure: `restore the key from Git, or ${renewing(lineage)}`,
    });
  }
  try {
    return readFileSync(keyFile, 'utf8');
  } catch (error) {
    throw fileError('keystore-unreadable', subject, 'read', error);
  }
}
