import { readKeystoreText } from '../../system/read-file';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Certificate } from '../../certificates/certificate';
import { Vb365Error } from '../../errors';
import { isKeyElsewhere, parseCrtFile } from '../crt-file';
import { withFileErrors } from '../../system/durable-files';
import { CERTIFICATE_SUFFIX, KEY_SUFFIX, listGenerations } from '../listing';
import { listRequest, REQUEST_KEY_FILE } from '../requests/pending-request-files';
import { type KeyOfGeneration, openTextOfKey, readSealed } from './private-key';
import { openSealed } from './sealing';

interface KeyPlace {
  /** `<owner>/<role>` */
  readonly lineage: string;
  /** Inside the keystore: `contoso/entra-application/0001.key.age`. */
  readonly path: string;
}

/** The key of a generation. */
export interface GenerationKey extends KeyPlace {
  readonly of: 'generation';
  /** Four digits. */
  readonly label: string;
  /** Whether a later generation has a certificate. */
  readonly isSuperseded: boolean;
  /** Absolute path; undefined where the key is missing, or something else than a file has its name. */
  readonly keyFile: string | undefined;
  /** Absolute path; undefined where the certificate is missing. */
  readonly certificateFile: string | undefined;
}

/** The key of a signing request that waits for its answer. */
export interface RequestKey extends KeyPlace {
  readonly of: 'request';
  /** Absolute path. */
  readonly keyFile: string;
}

/** A sealed private key of the keystore. */
export type SealedKey = GenerationKey | RequestKey;

/** A sealed key, and what is in it. */
export interface OpenedKey {
  readonly key: SealedKey;
  /** Absolute path. */
  readonly keyFile: string;
  /** What the file held when it was opened. */
  readonly text: string;
  readonly privateKey: KeyObject;
  /** That it belongs to; undefined for the key of a request. */
  readonly certificate?: Certificate;
}

/**
 * Every private key of a lineage, oldest first: superseded ones, and that of a pending request too.
 *
 * @param root folder of the keystore
 * @throws Vb365Error `keystore-unreadable`
 */
export function sealedKeysOf(root: string, lineage: string): SealedKey[] {
  const folder = join(root, lineage);
  const generations = listGenerations(folder);
  const current = generations.findLastIndex(({ certificateFile }) => certificateFile !== undefined);
  const keys: SealedKey[] = generations.flatMap(({ label, certificateFile, keyFile }, index) => {
    if (keyFile === undefined && isKeyElsewhere(certificateFile)) return [];
    const path = `${lineage}/${label}${KEY_SUFFIX}`;
    return { of: 'generation', lineage, label, isSuperseded: index < current, path, keyFile, certificateFile };
  });
  const keyFile = listRequest(folder)?.keyFile;
  if (keyFile === undefined) return keys;
  return [...keys, { of: 'request', lineage, path: `${lineage}/${REQUEST_KEY_FILE}`, keyFile }];
}

/**
 * Opens a sealed key. That of a generation has to be the key of its certificate; a request has none yet.
 *
 * @param identities `AGE-SECRET-KEY-…`, as `readIdentities` gives them
 * @throws Vb365Error `keystore-certificate-missing`, and those of `parseCrtFile`, `openPrivateKey` and `openSealed`
 */
export async function openSealedKey(key: SealedKey, identities: readonly string[]): Promise<OpenedKey> {
  if (key.of === 'generation') return openKeyOfGeneration(key, identities);
  const { keyFile, lineage, path } = key;
  const text = read(keyFile, path);
  const orElse = `run "vb365 request ${lineage} --renew-key"`;
  return { key, keyFile, text, privateKey: await openSealed(text, identities, { subject: path, orElse }) };
}

async function openKeyOfGeneration(key: GenerationKey, identities: readonly string[]): Promise<OpenedKey> {
  const { lineage, label, isSuperseded, certificateFile } = key;
  if (certificateFile === undefined) throw withoutCertificate(key);
  const path = `${lineage}/${label}${CERTIFICATE_SUFFIX}`;
  const { certificate } = parseCrtFile(read(certificateFile, path), path);
  const generation: KeyOfGeneration = { lineage, label, isSuperseded, certificate, keyFile: key.keyFile };
  const { keyFile, text } = readSealed(generation);
  return { key, keyFile, text, certificate, privateKey: await openTextOfKey(text, generation, identities) };
}

function read(file: string, path: string): string {
  return withFileErrors('keystore-unreadable', path, 'read', () => readKeystoreText(file));
}

function withoutCertificate({ path }: SealedKey): Vb365Error {
  return new Vb365Error('keystore-certificate-missing', {
    subject: path,
    message: `${path} stands without its certificate, so that whose key it is cannot be told`,
    cure: 'restore the certificate from Git, or remove the key',
  });
}
