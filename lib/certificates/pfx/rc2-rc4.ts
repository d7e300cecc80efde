import { createDecipheriv } from 'node:crypto';
import { rc2, util } from 'node-forge';

/** Ciphers by the name that OpenSSL gives them; RC2 and RC4 are no longer among those of node. */
export type CipherName =
  `aes-${128 | 192 | 256}-cbc` | `camellia-${128 | 192 | 256}-cbc` | 'des-ede3-cbc' | 'rc2-cbc' | 'rc4';

/**
 * Decrypts and takes off the padding.
 *
 * @returns undefined where the result cannot be right: the key is wrong or the text damaged.
 */
export function decryptWithKey(cipher: CipherName, key: Buffer, iv: Buffer, ciphertext: Buffer): Buffer | undefined {
  if (cipher === 'rc4') return rc4(key, ciphertext);
  if (cipher === 'rc2-cbc') return rc2Cbc(key, iv, ciphertext);
  const decipher = createDecipheriv(cipher, key, iv);
  const plain = decipher.update(ciphertext);
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  }
}

function rc2Cbc(key: Buffer, iv: Buffer, ciphertext: Buffer): Buffer | undefined {
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) return undefined;
  // RFC 7292 lets every bit of the key count (RFC 2268: effective key bits).
  const decipher = rc2.createDecryptionCipher(key.toString('binary'), key.length * 8);
  decipher.start(iv.toString('binary'));
  decipher.update(util.createBuffer(ciphertext.toString('binary')));
  // The library would trust the last octet without a look at the others.
  decipher.finish(() => true);
  return withoutPadding(Buffer.from(decipher.output.getBytes(), 'binary'), 8);
}

/** PKCS#7 padding: n octets of the value n. */
function withoutPadding(padded: Buffer, block: number): Buffer | undefined {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > block) return undefined;
  const end = padded.length - count;
  return padded.subarray(end).every((octet) => octet === count) ? padded.subarray(0, end) : undefined;
}

/** The stream cipher of GnuTLS's `arcfour` and of old Netscape files, after its public description. */
function rc4(key: Buffer, ciphertext: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  let j = 0;
  for (let i = 0; i < 256; i++) {
    j = (j + at(state, i) + at(key, i % key.length)) & 0xff;
    swap(state, i, j);
  }
  const plain = Buffer.from(ciphertext);
  j = 0;
  for (let index = 0; index < plain.length; index++) {
    const i = (index + 1) & 0xff;
    j = (j + at(state, i)) & 0xff;
    swap(state, i, j);
    plain[index] = at(plain, index) ^ at(state, (at(state, i) + at(state, j)) & 0xff);
  }
  return plain;
}

function at(values: Uint8Array, index: number): number {
  return values[index] ?? 0;
}

function swap(values: Uint8Array, i: number, j: number): void {
  const kept = at(values, i);
  values[i] = at(values, j);
  values[j] = kept;
}
