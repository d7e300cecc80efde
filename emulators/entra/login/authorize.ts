import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Application, redirectUrisOf } from '../directory/objects';
import { consentedScopes, findClient, findLoginTenant } from './clients';
import { LoginError } from './login-error';
import { readScope } from './resources';
import type { LoginDependencies } from './token-grants';

const querySchema = z.object({
  client_id: z.string().default(''),
  redirect_uri: z.string().default(''),
  response_type: z.string().default('code'),
  scope: z.string().default('openid'),
  state: z.string().optional(),
});

/**
 * The address that a browser is sent back to after sign-in, with a code or with an error that the application may see.
 *
 * @throws LoginError what the browser shows itself, because the address cannot be trusted: 90002, 700016, 50011.
 */
export function authorize(dependencies: LoginDependencies, tenantName: string, query: unknown): URL {
  const { client_id: clientId, redirect_uri: redirectUri, scope, state } = querySchema.parse(query);
  const tenant = findLoginTenant(dependencies.directory, tenantName);
  const client = findClient(dependencies.directory, tenant, clientId);
  checkRedirectUri(client.application, redirectUri);
  const answer = new URL(redirectUri);
  if (state !== undefined) answer.searchParams.set('state', state);
  try {
    const names = { graphUrl: dependencies.url() };
    const { resource, permissions } = readScope(dependencies.directory, tenant, scope, names);
    if (permissions.length > 0) consentedScopes(client, resource.servicePrincipal.id, permissions);
    answer.searchParams.set('code', randomBytes(32).toString('base64url'));
  } catch (error) {
    if (!(error instanceof LoginError)) throw error;
    answer.searchParams.set('error', error.aadsts === 65001 ? 'consent_required' : error.error);
    answer.searchParams.set('error_description', error.describe(dependencies.now(), clientId));
  }
  return answer;
}

/**
 * Exact, path with regard to case; a public client's `http://localhost` takes any port.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/reply-url
 */
function checkRedirectUri(application: Application, redirectUri: string): void {
  const withoutPort = redirectUri.replace(/^(http:\/\/localhost):\d+/, '$1');
  const isRegistered = redirectUrisOf(application).includes(redirectUri);
  const isLocal = application.publicClient.redirectUris.some((uri) => uri === withoutPort || `${uri}/` === withoutPort);
  if (!isRegistered && !isLocal) {
    throw new LoginError(
      50011,
      'invalid_request',
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${application.appId}'.`,
    );
  }
}
