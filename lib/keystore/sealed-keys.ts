import { readFileSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { Vb365Error } from '../errors';
import { parseCrtFile } from './crt-file';
import { withFileErrors } from './durable-files';
import { SEGMENT } from './lineage-name';
import { CERTIFICATE_SUFFIX, entriesOf, KEY_SUFFIX, listGenerations } from './listing';
import { listRequest, REQUEST_KEY_FILE } from './pending-request-files';
import { openPrivateKey } from './private-key';
import { openSealed } from './sealing';

/** A sealed private key of the keystore: that of a generation, or of a signing request that waits for its answer. */
export interface SealedKey {
  /** `<owner>/<role>` */
  readonly lineage: string;
  /** Four digits; undefined where it belongs to a signing request. */
  readonly label: string | undefined;
  /** Inside the keystore: `contoso/entra-application/0001.key.age`. */
  readonly path: string;
  /** Absolute path; undefined where the key is missing, or something else than a file has its name. */
  readonly keyFile: string | undefined;
  /** Absolute path of the certificate of the generation. */
  readonly certificateFile: string | undefined;
}

/**
 * Names of all folders of lineages, also of those that have no certificate; sorted.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `keystore-unreadable`
 */
export function lineageFolders(root: string): string[] {
  return foldersOf(root).flatMap((owner) => foldersOf(join(root, owner)).map((segment) => `${owner}/${segment}`));
}

/**
 * Every private key of a lineage, oldest first: superseded ones, and that of a pending request too.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `keystore-unreadable`
 */
export function sealedKeysOf(root: string, lineage: string): SealedKey[] {
  const folder = join(root, lineage);
  const keys: SealedKey[] = listGenerations(folder).map(({ label, certificateFile, keyFile }) => {
    return { lineage, label, path: `${lineage}/${label}${KEY_SUFFIX}`, keyFile, certificateFile };
  });
  const keyFile = listRequest(folder)?.keyFile;
  if (keyFile === undefined) return keys;
  const path = `${lineage}/${REQUEST_KEY_FILE}`;
  return [...keys, { lineage, label: undefined, path, keyFile, certificateFile: undefined }];
}

/**
 * Opens a sealed key. That of a generation has to be the key of its certificate; a request has none yet.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @throws Vb365Error `keystore-certificate-missing`, and those of `parseCrtFile`, `openPrivateKey` and `openSealed`
 */
export async function openSealedKey(key: SealedKey, identities: readonly string[]): Promise<KeyObject> {
  const { lineage, label, certificateFile, keyFile } = key;
  if (label === undefined) return openRequestKey(key, identities);
  if (certificateFile === undefined) throw withoutCertificate(key);
  const path = `${lineage}/${label}${CERTIFICATE_SUFFIX}`;
  const text = withFileErrors('keystore-unreadable', path, 'read', () => readFileSync(certificateFile, 'utf8'));
  return openPrivateKey({ lineage, label, certificate: parseCrtFile(text, path).certificate, keyFile }, identities);
}

function openRequestKey({ lineage, path, keyFile = '' }: SealedKey, identities: readonly string[]): Promise<KeyObject> {
  const text = withFileErrors('keystore-unreadable', path, 'read', () => readFileSync(keyFile, 'utf8'));
  return openSealed(text, identities, { subject: path, orElse: `run "vb365 request ${lineage} --renew-key"` });
}

function withoutCertificate({ path }: SealedKey): Vb365Error {
  return new Vb365Error('keystore-certificate-missing', {
    subject: path,
    message: `${path} stands without its certificate, so that whose key it is cannot be told`,
    cure: 'restore the certificate from Git, or remove the key',
  });
}

function foldersOf(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => (entry.isDirectory() && SEGMENT.test(entry.name) ? [entry.name] : []));
}
