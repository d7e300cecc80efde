import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';

/** Says what the key is for, so that no other use of an identity can come upon it: RFC 5869 §3.2. */
const PURPOSE = 'cdktf-vb365: Ed25519 key that signs attestations, version 1';
/** Stands before the 32 bytes of an Ed25519 key in PKCS#8, RFC 8410 §7. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SIGNER = /^ed25519:([A-Za-z0-9_-]{43})$/;

/** The key with which an identity signs what it has opened. It follows from the identity, so that there is no second secret to keep. */
export interface SigningKey {
  /** Its public half: `ed25519:` and 43 characters. */
  readonly signer: string;
  /** The same for the same text, in base64url. */
  sign(text: string): string;
}

/**
 * The signing key of an identity.
 *
 * An X25519 key cannot sign. The Ed25519 key is derived from it by HKDF-SHA256: whoever has the derived key, or any number
 * of signatures, learns nothing of the identity. docs/decisions/0019 says why that is sound.
 *
 * @param identity `AGE-SECRET-KEY-…`, as `readIdentities` gives it
 */
export function signingKeyOf(identity: string): SigningKey {
  const seed = Buffer.from(hkdfSync('sha256', identity.trim().toUpperCase(), '', PURPOSE, 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  return {
    signer: signerOf(createPublicKey(key)),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** Whether a text is the public half of a signing key; the point itself may still be none. */
export function isSigner(text: string): boolean {
  return SIGNER.test(text);
}

/** Whether the key of a signer has signed a text. */
export function isSignedBy(signer: string, text: string, signature: string): boolean {
  const [, x] = SIGNER.exec(signer) ?? [];
  if (x === undefined) return false;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    // Not a point of the curve.
    return false;
  }
}

function signerOf(publicKey: KeyObject): string {
  return `ed25519:${publicKey.export({ format: 'jwk' }).x ?? ''}`;
}
