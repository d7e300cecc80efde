import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z, ZodError } from 'zod';
import { TOKEN_LIFETIME } from './access-tokens';
import { authorize } from './authorize';
import { findClient, findLoginTenant } from './clients';
import { DEVICE_CODE_LIFETIME } from './device-codes';
import { LoginError } from './login-error';
import { grantToken, type LoginDependencies, needed } from './token-grants';

const paramsSchema = z.object({ tenant: z.string() });
const deviceFormSchema = z.looseObject({ client_id: z.string().optional(), scope: z.string().optional() });

/** Entra's sign-in: discovery, tokens, device codes and the page that a browser comes to. */
export function loginRoutes(login: FastifyInstance, dependencies: LoginDependencies): void {
  const { directory, now, url } = dependencies;

  login.setErrorHandler((error, request, reply) => sendError(error, request, reply, now()));

  login.get('/:tenant/v2.0/.well-known/openid-configuration', (request) => {
    const name = tenantOf(request);
    const tenant = findLoginTenant(directory, name);
    const base = `${url()}/${name}`;
    return {
      issuer: `${url()}/${tenant.id}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      subject_types_supported: ['pairwise'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      id_token_signing_alg_values_supported: ['RS256'],
      tenant_region_scope: 'EU',
      cloud_instance_name: new URL(url()).host,
      msgraph_host: new URL(url()).host,
    };
  });

  login.get('/:tenant/discovery/v2.0/keys', () => ({ keys: [] }));

  login.post('/:tenant/oauth2/v2.0/token', async (request) => {
    const tenant = tenantOf(request);
    const { accessToken, scopes, person } = await grantToken(dependencies, tenant, request.body);
    return {
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME,
      ext_expires_in: TOKEN_LIFETIME,
      access_token: accessToken,
      ...(scopes && { scope: scopes.join(' ') }),
      ...(person && {
        id_token: idToken(url(), tenant, person, now()),
        client_info: base64url({ uid: person.objectId, utid: tenant }),
      }),
    };
  });

  login.post('/:tenant/oauth2/v2.0/devicecode', (request) => {
    const tenant = findLoginTenant(directory, tenantOf(request));
    const form = deviceFormSchema.parse(request.body);
    const { application } = findClient(directory, tenant, needed(form, 'client_id'));
    if (application.isFallbackPublicClient !== true) {
      throw new LoginError(
        7000218,
        'invalid_client',
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'; public client flows are not allowed.",
      );
    }
    const { deviceCode, userCode } = dependencies.deviceCodes.create(application.appId, needed(form, 'scope'), now());
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: `${url()}/devicelogin`,
      expires_in: DEVICE_CODE_LIFETIME,
      interval: 1,
      message: `To sign in, open ${url()}/devicelogin and enter the code ${userCode}.`,
    };
  });

  login.get('/:tenant/oauth2/v2.0/authorize', (request, reply) =>
    reply.redirect(authorize(dependencies, tenantOf(request), request.query).href, 302),
  );
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, at: Date): FastifyReply {
  if (error instanceof ZodError) return sendError(badInput(error), request, reply, at);
  if (!(error instanceof LoginError)) throw error;
  const sent = request.headers['client-request-id'];
  const correlationId = typeof sent === 'string' ? sent : randomUUID();
  return reply.code(error.status).send(error.toBody(at, correlationId));
}

function badInput({ issues }: ZodError): LoginError {
  const parameters = issues.map(({ path }) => path.join('.')).join(', ');
  return new LoginError(90013, 'invalid_request', `Invalid input received from the user: ${parameters || 'no form'}.`);
}

function tenantOf(request: FastifyRequest): string {
  return paramsSchema.parse(request.params).tenant;
}

/** Unsigned: a client that has it from the token endpoint over TLS need not check a signature, OpenID Connect Core §3.1.3.7. */
function idToken(url: string, tenant: string, person: { objectId: string; clientId: string }, at: Date): string {
  const issuedAt = Math.floor(at.getTime() / 1000);
  const claims = {
    iss: `${url}/${tenant}/v2.0`,
    aud: person.clientId,
    sub: person.objectId,
    oid: person.objectId,
    tid: tenant,
    iat: issuedAt,
    exp: issuedAt + TOKEN_LIFETIME,
    name: 'Restore Operator',
    preferred_username: 'operator@emulator.example',
    ver: '2.0',
  };
  return `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims)}.`;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
