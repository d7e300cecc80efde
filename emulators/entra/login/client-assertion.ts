import { type CompactVerifyResult, compactVerify, decodeJwt, decodeProtectedHeader, importX509 } from 'jose';
import { z } from 'zod';
import { Certificate } from '../../../lib/certificates/certificate';
import type { KeyCredential } from '../directory/objects';
import { LoginError } from './login-error';

/** RFC 7523 §2.2. */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How far clocks may be apart. */
const CLOCK_SKEW = 300_000;

/** The longest time to live of an assertion; clients use ten minutes. */
const LONGEST_LIFETIME = 24 * 3_600_000;

const ALGORITHMS = ['RS256', 'PS256'];

const headerSchema = z.looseObject({
  alg: z.string(),
  kid: z.string().optional(),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
});

const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});

type Claims = z.infer<typeof claimsSchema>;

export interface AssertionContext {
  /** Application (client) id that the request names. */
  readonly clientId: string;
  /** Of the application and of its service principal. */
  readonly keyCredentials: readonly KeyCredential[];
  /** Values of `aud`, any of which is right: token endpoint and issuer. */
  readonly audiences: readonly string[];
  readonly at: Date;
}

/**
 * Checks a client assertion as Entra does: the key by its thumbprint, its validity, the signature, then the claims.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 *
 * @throws LoginError 50027 malformed, 700027 key or signature, 700021 issuer, 700023 audience, 700024 time range.
 */
export async function checkClientAssertion(assertion: string, context: AssertionContext): Promise<void> {
  const { header, claims } = decode(assertion);
  if (!ALGORITHMS.includes(header.alg)) {
    throw malformed(`its algorithm is '${header.alg}', and ${ALGORITHMS.join(' and ')} are allowed`);
  }
  const thumbprints = thumbprintsOf(header);
  const [shown = ''] = thumbprints;
  const credential = context.keyCredentials.find((candidate) => isNamedBy(candidate, thumbprints));
  if (!credential) throw keyRefused('The key was not found.', shown, context.clientId);
  checkValidity(credential, context);
  await checkSignature(assertion, credential, context.clientId);
  checkClaims(claims, context);
}

function decode(assertion: string): { readonly header: z.infer<typeof headerSchema>; readonly claims: Claims } {
  try {
    return {
      header: headerSchema.parse(decodeProtectedHeader(assertion)),
      claims: claimsSchema.parse(decodeJwt(assertion)),
    };
  } catch {
    throw malformed('it is no JWT with alg, iss, sub, aud and exp');
  }
}

/** Thumbprints that a header names, as upper-case hex. `kid` is one in hex or in base64url, with or without padding. */
function thumbprintsOf(header: z.infer<typeof headerSchema>): string[] {
  const fromBase64 = (text: string | undefined): string[] =>
    text === undefined ? [] : [Buffer.from(text, 'base64url').toString('hex').toUpperCase()];
  const { kid } = header;
  const isHex = kid !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(kid);
  return [
    ...fromBase64(header.x5t),
    ...fromBase64(header['x5t#S256']),
    ...(isHex ? [kid.toUpperCase()] : fromBase64(kid)),
  ];
}

function isNamedBy(credential: KeyCredential, thumbprints: readonly string[]): boolean {
  const { thumbprint, thumbprintSha256 } = certificateOf(credential);
  return thumbprints.includes(thumbprint) || thumbprints.includes(thumbprintSha256);
}

function checkValidity(credential: KeyCredential, { clientId, at }: AssertionContext): void {
  const { startDateTime, endDateTime, customKeyIdentifier } = credential;
  const found = `Found key 'Start=${startDateTime}, End=${endDateTime}'`;
  if (at.getTime() > Date.parse(endDateTime)) {
    throw keyRefused('The key used is expired.', customKeyIdentifier, clientId, found);
  }
  if (at.getTime() < Date.parse(startDateTime) - CLOCK_SKEW) {
    throw keyRefused('The key used is not valid yet.', customKeyIdentifier, clientId, found);
  }
}

async function checkSignature(
  assertion: string,
  credential: KeyCredential,
  clientId: string,
): Promise<CompactVerifyResult> {
  const { pem, thumbprint } = certificateOf(credential);
  const { alg = '' } = decodeProtectedHeader(assertion);
  try {
    return await compactVerify(assertion, await importX509(pem, alg), { algorithms: ALGORITHMS });
  } catch {
    throw keyRefused('The key was found, but it did not make the signature.', thumbprint, clientId);
  }
}

function checkClaims({ iss, sub, aud, exp, nbf, iat }: Claims, context: AssertionContext): void {
  const { clientId, audiences, at } = context;
  if (iss.toLowerCase() !== clientId.toLowerCase() || sub.toLowerCase() !== clientId.toLowerCase()) {
    throw new LoginError(
      700021,
      'invalid_client',
      `Client assertion application identifier doesn't match 'client_id' parameter: issuer '${iss}', subject '${sub}'.`,
    );
  }
  const sent = typeof aud === 'string' ? [aud] : aud;
  if (!sent.some((value) => audiences.includes(value.toLowerCase()))) {
    throw new LoginError(
      700023,
      'invalid_client',
      `Client assertion audience claim does not match Realm issuer: '${sent.join(', ')}' is none of ${audiences.join(', ')}.`,
    );
  }
  const start = (nbf ?? iat ?? exp) * 1000;
  const isCurrent = at.getTime() >= start - CLOCK_SKEW && at.getTime() < exp * 1000 + CLOCK_SKEW;
  if (!isCurrent || exp * 1000 - start > LONGEST_LIFETIME) {
    throw new LoginError(
      700024,
      'invalid_client',
      `Client assertion is not within its valid time range: current time ${at.toISOString()}, valid from ${instant(start)} to ${instant(exp * 1000)}; at most 24 hours are allowed.`,
    );
  }
}

function keyRefused(reason: string, thumbprint: string, clientId: string, found?: string): LoginError {
  const details = [
    `Reason - ${reason}`,
    `Thumbprint of key used by client: '${thumbprint}'`,
    ...(found === undefined ? [] : [found]),
    `Configured keys are shown by Microsoft Graph for the application with the client id '${clientId}'`,
  ];
  return new LoginError(
    700027,
    'invalid_client',
    `The certificate with identifier used to sign the client assertion is not registered on the application, or cannot be used. [${details.join(', ')}]`,
  );
}

function malformed(why: string): LoginError {
  return new LoginError(50027, 'invalid_request', `JWT token is invalid or malformed: ${why}.`);
}

function certificateOf({ key }: KeyCredential): Certificate {
  return Certificate.fromDer(Buffer.from(key, 'base64'));
}

/** A claim may be any number, and not every number is a date. */
function instant(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}
