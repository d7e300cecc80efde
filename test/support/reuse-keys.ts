import crypto, { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { COMPILED } from './compile';

/** A test file that makes more keys of a size than this makes the rest anew. */
const MOST_KEYS = 128;

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

type Generate = (type: string, options: Readonly<Record<string, unknown>>, ...rest: unknown[]) => unknown;

/** Of Node: jest hands the same module to one test file after the other. */
const ORIGINAL = Symbol.for('vb365-generate');
const { generateKeyPair, generateKeyPairSync } = crypto as unknown as Record<
  string,
  Generate & { [ORIGINAL]?: Generate }
>;
const generate = generateKeyPair?.[ORIGINAL] ?? generateKeyPair!;
const generateSync = generateKeyPairSync?.[ORIGINAL] ?? generateKeyPairSync!;

const folder = join(COMPILED, 'keys');
mkdirSync(folder, { recursive: true });
const counts = new Map<string, number>();

/** Where the next key is, or will be: RSA keys without a wish but their size, never twice in one test file. */
function nextFile(type: string, options: Readonly<Record<string, unknown>>): string | undefined {
  if (type !== 'rsa' || Object.keys(options).join() !== 'modulusLength') return undefined;
  const kind = `rsa-${String(options.modulusLength)}`;
  const count = counts.get(kind) ?? 0;
  counts.set(kind, count + 1);
  return count < MOST_KEYS ? join(folder, `${kind}-${count}.pem`) : undefined;
}

function read(file: string): KeyPair | undefined {
  try {
    const privateKey = createPrivateKey(readFileSync(file));
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch {
    return undefined;
  }
}

function keep(file: string, pair: KeyPair): KeyPair {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(draft, file);
  return pair;
}

async function pairOf(type: string, options: Readonly<Record<string, unknown>>): Promise<KeyPair> {
  const file = nextFile(type, options);
  const made = promisify(generate) as unknown as (...args: unknown[]) => Promise<KeyPair>;
  if (file === undefined) return made(type, options);
  return read(file) ?? keep(file, await made(type, options));
}

/**
 * Key pairs of RSA are made once for all test files, which is half of the time that the tests take: each file gets the same
 * ones in the same order. They are real ones; what runs as a process of its own makes its own.
 */
Object.assign(crypto, {
  generateKeyPair: Object.assign((...args: Parameters<Generate>) => generate(...args), {
    [ORIGINAL]: generate,
    [promisify.custom]: pairOf,
  }),
  generateKeyPairSync: Object.assign(
    (type: string, options: Readonly<Record<string, unknown>>) => {
      const file = nextFile(type, options);
      if (file === undefined) return generateSync(type, options);
      return read(file) ?? keep(file, generateSync(type, options) as KeyPair);
    },
    { [ORIGINAL]: generateSync },
  ),
});
