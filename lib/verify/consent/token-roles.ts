import { z } from 'zod';
import { parseJson } from '../cloud';
import { NOTHING_READ, type SeenGrants } from './grants';
import type { Network } from '../network';
import { signIn, type SignInRequest } from '../sign-in';

const claimsSchema = z.looseObject({ aud: z.string(), roles: z.array(z.string()).optional() });

/** "The resource principal named … was not found in the tenant": who is not there has granted nothing. */
const NO_SUCH_API = 500011;

/**
 * The application permissions that Entra writes into tokens of an application, one token for each API: known to everybody who
 * can sign in as it, when nobody may read the directory.
 *
 * @param apiIds client ids
 * @throws Vb365Error `verify-unreachable`
 */
export async function grantsInTokens(
  request: SignInRequest,
  apiIds: readonly string[],
  network: Network,
): Promise<SeenGrants> {
  const application = new Map<string, ReadonlySet<string>>();
  for (const apiId of apiIds) {
    const done = await signIn({ ...request, resource: apiId }, network);
    const roles = 'token' in done ? rolesInToken(done.token) : done.refusedWith === NO_SUCH_API ? [] : undefined;
    if (roles !== undefined) application.set(apiId, new Set(roles.map((name) => name.toLowerCase())));
  }
  return { ...NOTHING_READ, application };
}

/** None where the claim is missing, as where nothing is granted; undefined where the token is sealed to its API. */
function rolesInToken(token: string): readonly string[] | undefined {
  const [, payload = ''] = token.split('.');
  const claims = claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  return claims.success ? (claims.data.roles ?? []) : undefined;
}
