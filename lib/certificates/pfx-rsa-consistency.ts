import type { KeyObject } from 'node:crypto';

/** OpenSSL's own bound for the modulus; it keeps the arithmetic below in milliseconds. */
const MAX_MODULUS_BITS = 16_384;

/**
 * Whether the numbers of an RSA private key fit together (RFC 8017 §3.2).
 *
 * OpenSSL compares the public half only when it matches key and certificate, and a key in PEM or in a PFX without MAC has
 * nothing else that would show a damaged digit; it would show on the server, as signatures that nobody accepts.
 */
export function isConsistentRsaKey(privateKey: KeyObject): boolean {
  if ((privateKey.asymmetricKeyDetails?.modulusLength ?? Infinity) > MAX_MODULUS_BITS) return false;
  const jwk = privateKey.export({ format: 'jwk' });
  const [n, e, d] = [jwk.n, jwk.e, jwk.d].map(toNumber);
  const [p, q, dp, dq, qi] = [jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].map(toNumber);
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi || p === 1n || q === 1n) return false;
  return (
    n === p * q &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    dp === d % (p - 1n) &&
    dq === d % (q - 1n) &&
    (qi * q) % p === 1n
  );
}

/** Base64url without sign, as in RFC 7518 §6.3; 0 where it is absent. */
function toNumber(base64url: string | undefined): bigint {
  return BigInt(`0x0${Buffer.from(base64url ?? '', 'base64url').toString('hex')}`);
}
