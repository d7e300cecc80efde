import { resolve } from 'node:path';
import type { Certificate } from '../../lib/certificates/certificate';
import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';
import { aboutSubject } from '../../lib/certificates/pfx/errors';
import { Vb365Error } from '../../lib/errors';
import { fileError } from '../../lib/system/durable-files';
import { askPassword, givenPassword, type PasswordOptions } from '../shell/password';
import { readUpTo } from '../../lib/system/read-file';
import { asUtf8 } from '../../lib/system/text';
import type { Terminal } from '../shell/terminal';

export interface SourceOptions extends PasswordOptions {
  readonly key?: string;
  readonly thumbprint?: string;
}

interface NamedBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a person names to import: a certificate with its key, or certificates that an authority answers a request with. */
export type ImportSource = { readonly pair: KeyAndCertificate } | { readonly answer: readonly Certificate[] };

/**
 * Reads a file, or asks the personal store; asks for a password where one is needed.
 *
 * @throws Vb365Error `import-source-ambiguous`, `import-file-unreadable`, `import-file-too-large`, `import-pem-expected`,
 * and those of the readers of PFX, PEM, PKCS#7 and of the personal store
 */
export async function readSource(
  terminal: Terminal,
  file: string | undefined,
  options: SourceOptions,
): Promise<ImportSource> {
  if ((file === undefined) === (options.thumbprint === undefined)) {
    throw new Vb365Error('import-source-ambiguous', {
      message:
        file === undefined ? 'neither a file nor --thumbprint is given' : 'both a file and --thumbprint are given',
      cure: 'name a file, or the thumbprint of a certificate in the personal store',
    });
  }
  if (file !== undefined) return readFromFile(terminal, file, options);
  if (options.key !== undefined) {
    throw new Vb365Error('import-source-ambiguous', {
      message: '--key is given together with --thumbprint',
      cure: 'leave --key out: the personal store gives the private key with the certificate',
    });
  }
  const { findInPersonalStore } = await import('../../lib/certificates/personal-store/personal-store.js');
  const { readPfx } = await import('../../lib/certificates/pfx/read.js');
  const { password, pfx, subject } = await findInPersonalStore(options.thumbprint ?? '');
  return { pair: readPfx(pfx, password, { subject }) };
}

async function readFromFile(terminal: Terminal, file: string, options: SourceOptions): Promise<ImportSource> {
  const read = (name: string): Buffer => readInput(resolve(terminal.cwd(), name));
  const bytes = read(file);
  const pair = async (content: Buffer): Promise<ImportSource> => {
    return { pair: await readPair(terminal, { name: file, bytes: content }, read, options) };
  };
  // PEM beside its key is read as it is: it may hold more than certificates.
  if (options.key !== undefined && isPem(bytes)) return pair(bytes);
  const { readCertificatesOnly } = await import('../../lib/certificates/certificates-only.js');
  const certificates = aboutSubject(file, () => readCertificatesOnly(bytes));
  if (certificates === undefined) return pair(bytes);
  if (options.key === undefined) return { answer: certificates };
  return pair(Buffer.from(certificates.map(({ pem }) => pem).join('\n')));
}

async function readPair(
  terminal: Terminal,
  { name: file, bytes }: NamedBytes,
  read: (name: string) => Buffer,
  options: SourceOptions,
): Promise<KeyAndCertificate> {
  const { readPfx } = await import('../../lib/certificates/pfx/read.js');
  const { readPemPair } = await import('../../lib/certificates/pem-pair.js');
  const files = [
    { name: file, bytes },
    ...(options.key === undefined ? [] : [{ name: options.key, bytes: read(options.key) }]),
  ];
  const notPem = files.find((each) => !isPem(each.bytes));
  if (options.key !== undefined && notPem !== undefined) throw pemExpected(notPem.name);
  const texts = files.map((each) => each.bytes.toString());
  const subjects = files.map(({ name }) => name);
  const open = (password: string | undefined): KeyAndCertificate =>
    isPem(bytes) ? readPemPair(texts, { password, subjects }) : readPfx(bytes, password, { subject: file });

  const password = givenPassword(terminal, options);
  if (password !== undefined) return open(password);
  try {
    return open(undefined);
  } catch (error) {
    // Only now is it known that there is a password to ask for.
    if (!(error instanceof Vb365Error) || error.code !== 'pfx-password-wrong') throw error;
    return open(await askPassword(terminal, `Password of ${error.subject ?? file}`));
  }
}

function isPem(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN') && !bytes.includes('-----BEGIN PKCS12');
}

function pemExpected(file: string): Vb365Error {
  return new Vb365Error('import-pem-expected', {
    subject: file,
    message: `${file} is not PEM (-----BEGIN …), as a private key must be where --key is given, nor certificates`,
    cure: 'leave --key out where the file is a PFX; convert a key in DER (openssl pkey -inform der -in old.key -out new.key)',
  });
}

/** A PFX is a few kilobytes; the bound keeps a wrong name from filling the memory. */
const LARGEST_INPUT = 10_000_000;

function readInput(file: string): Buffer {
  const bytes = readWhole(file);
  if (bytes.length <= LARGEST_INPUT) return bytes;
  throw new Vb365Error('import-file-too-large', {
    subject: file,
    message: `the file ${file} has more than ${LARGEST_INPUT} bytes`,
    cure: 'name the PFX or PEM file of one certificate',
  });
}

function readWhole(file: string): Buffer {
  try {
    return asUtf8(readUpTo(file, LARGEST_INPUT + 1));
  } catch (error) {
    throw fileError('import-file-unreadable', file, 'read', error);
  }
}
