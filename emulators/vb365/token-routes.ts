import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { schemaOf } from './openapi';
import { invalid } from './rest-error';
import type { Session, Sessions } from './sessions';

export interface TokenDependencies {
  readonly sessions: Sessions;
  readonly now: () => Date;
}

const tokenRequestSchema = z.looseObject({
  grant_type: z.string(),
  username: z.string().optional(),
  password: z.string().optional(),
  refresh_token: z.string().optional(),
  disable_antiforgery_token: z.boolean().nullish(),
});

/** Signing in and out. */
export function tokenRoutes(rest: FastifyInstance, { sessions, now }: TokenDependencies): void {
  rest.post('/v8/token', { schema: schemaOf('/v8/token', 'post') }, (request) => {
    const form = tokenRequestSchema.parse(request.body);
    const at = now();
    switch (form.grant_type) {
      case 'password':
        return toAnswer(
          sessions.signIn(
            needed(form.username, 'username'),
            needed(form.password, 'password'),
            at,
            form.disable_antiforgery_token !== true,
          ),
        );
      case 'refresh_token':
        return toAnswer(sessions.refresh(needed(form.refresh_token, 'refresh_token'), at));
      default:
        throw invalid(`The grant type '${form.grant_type}' is not emulated: password and refresh_token are.`);
    }
  });

  rest.post('/v8/token/logout', { schema: schemaOf('/v8/token/logout', 'post') }, (request, reply) => {
    sessions.signOut(request.headers.authorization);
    return reply.code(204).send();
  });
}

/** OAuthTokenResponse. */
function toAnswer({ username, accessToken, refreshToken, issued, expires }: Session): Record<string, unknown> {
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: Math.round((expires.getTime() - issued.getTime()) / 1000),
    userName: username,
    '.issued': issued.toISOString(),
    '.expires': expires.toISOString(),
  };
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw invalid(`The parameter '${name}' is missing.`);
  return value;
}
