import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate } from '../../lib/certificates/certificate';
import { certificateProfile } from '../../lib/certificates/profile';
import { buildSelfSigned } from '../../lib/certificates/x509/build';
import { Vb365Error } from '../../lib/errors';

/** One key for every certificate of a test file: making keys is what takes time. */
let shared: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

export function sharedKeys(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return (shared ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
}

let serial = 0;

/** A certificate, of the shared key unless another is given, different each time. Its signature is none, which is not for the keystore to judge. */
export function certificateOf(
  commonName = 'vb365.example.com',
  dnsNames: readonly string[] = [],
  publicKey = sharedKeys().publicKey,
): Certificate {
  serial += 1;
  const content = {
    profile: { ...certificateProfile('entra-application', { commonName: 'any' }), commonName, dnsNames },
    serialNumber: Buffer.from(`01${serial.toString(16).padStart(8, '0')}`, 'hex'),
    notBefore: new Date('2030-01-01T00:00:00Z'),
    notAfter: new Date('2031-01-01T00:00:00Z'),
    publicKey,
  };
  return Certificate.fromDer(buildSelfSigned(content, () => Buffer.alloc(256, 1)));
}

/** Looks like the text of a `.key.age` file; no two are the same. */
export function sealedText(): string {
  serial += 1;
  const body = Buffer.from(`age-encryption.org/v1 ${serial}`).toString('base64');
  return `-----BEGIN AGE ENCRYPTED FILE-----\n${body}\n-----END AGE ENCRYPTED FILE-----\n`;
}

const folders: string[] = [];

/** A new empty folder outside of every repository. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-keystore-'));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Every file and folder below, as sorted paths with `/`. */
export function treeOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** The coded error that the work throws. */
export function errorOf(work: () => unknown): Vb365Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Vb365Error) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The coded error that the promise is rejected with. */
export async function rejectionOf(work: Promise<unknown>): Promise<Vb365Error> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Vb365Error) return outcome;
  throw new Error('no coded error was thrown', { cause: outcome });
}

/** `expect.stringContaining`, typed as what it stands for. */
export function containing(text: string): string {
  return expect.stringContaining(text) as string;
}
