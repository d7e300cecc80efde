import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { apis } from '../../../lib/catalogue/permission-ids';

/** Seconds, as Entra's shortest default. */
export const TOKEN_LIFETIME = 3599;

export interface TokenRequest {
  readonly tenantId: string;
  readonly clientId: string;
  /** Object id of the service principal, or of the person. */
  readonly objectId: string;
  /** Client id of the API. */
  readonly audience: string;
  /** Application permissions. @default none */
  readonly roles?: readonly string[];
  /** Delegated permissions. @default none */
  readonly scopes?: readonly string[];
}

/** Who calls Microsoft Graph. */
export interface GraphCaller {
  readonly tenantId: string;
  readonly objectId: string;
  readonly permissions: readonly string[];
}

const claimsSchema = z.object({
  tid: z.string(),
  oid: z.string(),
  roles: z.array(z.string()).default([]),
  scp: z.string().default(''),
});

/**
 * Access tokens of one emulator. They are signed with a secret that nobody else has: to a client, an access token is
 * opaque, and a token of yesterday's emulator is worth nothing.
 */
export class AccessTokens {
  readonly #secret = randomBytes(32);

  async issue(request: TokenRequest, at: Date): Promise<string> {
    const { tenantId, clientId, objectId, audience, roles = [], scopes = [] } = request;
    const issuedAt = Math.floor(at.getTime() / 1000);
    const claims = {
      appid: clientId,
      azp: clientId,
      idtyp: scopes.length > 0 ? 'user' : 'app',
      oid: objectId,
      tid: tenantId,
      ver: '1.0',
      ...(roles.length > 0 && { roles }),
      ...(scopes.length > 0 && { scp: scopes.join(' ') }),
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(`https://sts.windows.net/${tenantId}/`)
      .setSubject(objectId)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFETIME)
      .sign(this.#secret);
  }

  /** Undefined where the token is not one of Microsoft Graph's, or not valid at that moment. */
  async readGraphToken(token: string, at: Date): Promise<GraphCaller | undefined> {
    try {
      const options = { currentDate: at, audience: apis.MicrosoftGraph.clientId, algorithms: ['HS256'] };
      const { payload } = await jwtVerify(token, this.#secret, options);
      const { tid, oid, roles, scp } = claimsSchema.parse(payload);
      return { tenantId: tid, objectId: oid, permissions: [...roles, ...scp.split(' ').filter(Boolean)] };
    } catch {
      return undefined;
    }
  }
}
