import { Vb365Error } from '../errors';

/** Spaces of every kind, invisible characters (Windows puts U+200E before what its dialog shows), and what tools put between bytes. */
const BETWEEN = /[\s:\-\p{Cf}]/gu;

/** Whether a text is a thumbprint as `Certificate.thumbprint`: SHA-1 as 40 upper-case hex digits. */
export function isThumbprint(text: string): boolean {
  return /^[0-9A-F]{40}$/.test(text);
}

/** What others show as a thumbprint, in upper case and without what they put between its digits. */
export function thumbprintDigits(text: string): string {
  return text.replace(BETWEEN, '').toUpperCase();
}

/**
 * A thumbprint as Windows and Entra write it: SHA-1 as 40 upper-case hex digits.
 *
 * Takes lower case, colons (OpenSSL), hyphens, spaces and the invisible mark that is copied from the Windows certificate dialog.
 *
 * @throws Vb365Error `thumbprint-malformed`, which does not repeat the text: it may be anything, a password too
 */
export function normalizeThumbprint(text: string): string {
  const digits = thumbprintDigits(text);
  if (isThumbprint(digits)) return digits;
  const isSha256 = /^[0-9A-F]{64}$/.test(digits);
  throw new Vb365Error('thumbprint-malformed', {
    message: isSha256
      ? 'a SHA-256 thumbprint of 64 hex digits is given; Windows and Entra go by the SHA-1 thumbprint of 40 hex digits'
      : `a text of ${text.length} characters is given as thumbprint, which has 40 hex digits`,
    cure: 'copy the thumbprint from the details of the certificate, or from "Get-ChildItem Cert:\\LocalMachine\\My"',
  });
}
