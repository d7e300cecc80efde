import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { normalizeThumbprint } from '../thumbprint';
import { Vb365Error } from '../../errors';
import { errnoOf, fileError } from '../../system/durable-files';
import { exportFromWindowsStore } from './windows-store';

export interface PersonalStoreOptions {
  /** @default the platform this runs on */
  readonly platform?: NodeJS.Platform;
  /** Home folder of the person, where .NET keeps its store. @default the one of this account */
  readonly home?: string;
  /** @default powershell.exe */
  readonly powerShell?: string;
}

/** A certificate with its private key as the store gives it out. */
export interface StoredCertificate {
  readonly pfx: Buffer;
  /** Password of the PFX; undefined where it has none. Secret. */
  readonly password: string | undefined;
  /** Where it came from, for messages. */
  readonly subject: string;
}

/**
 * Takes a certificate with its private key out of the store Personal ("My") of this account or, on Windows, of the machine.
 *
 * On Linux that is the folder in which .NET keeps the store: one PFX without password for each certificate, named by its
 * thumbprint (dotnet/runtime, DirectoryBasedStoreProvider).
 *
 * @param thumbprint in any usual spelling
 * @throws Vb365Error `thumbprint-malformed`, `personal-store-certificate-missing`, `personal-store-key-missing`,
 * `personal-store-key-not-exportable`, `personal-store-unreadable`
 */
export async function findInPersonalStore(
  thumbprint: string,
  options: PersonalStoreOptions = {},
): Promise<StoredCertificate> {
  const name = normalizeThumbprint(thumbprint);
  const platform = options.platform ?? process.platform;
  if (platform === 'win32') {
    const exported = await exportFromWindowsStore(name, options.powerShell ?? 'powershell.exe');
    return { ...exported, subject: `certificate ${name} of the personal store` };
  }
  return readDotnetStore(
    name,
    join(options.home ?? homedir(), '.dotnet', 'corefx', 'cryptography', 'x509stores', 'my'),
  );
}

function readDotnetStore(thumbprint: string, folder: string): StoredCertificate {
  const names = listStore(folder);
  // A second file of one certificate is named <thumbprint>.1.pfx.
  const name = names.find((candidate) => candidate.startsWith(`${thumbprint}.`));
  if (name === undefined) throw missing(thumbprint, folder, names.length);
  const file = join(folder, name);
  try {
    return { pfx: readFileSync(file), password: undefined, subject: file };
  } catch (error) {
    throw fileError('personal-store-unreadable', file, 'read', error);
  }
}

function listStore(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.pfx'));
    return names.sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw fileError('personal-store-unreadable', folder, 'list', error);
  }
}

function missing(thumbprint: string, folder: string, count: number): Vb365Error {
  return new Vb365Error('personal-store-certificate-missing', {
    subject: thumbprint,
    message: `none of the ${count} certificates of the personal store ${folder} has the thumbprint ${thumbprint}`,
    cure: 'run this on the computer and as the account whose personal store holds it, or export it there to a PFX file and import that',
  });
}
