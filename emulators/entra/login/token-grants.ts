import { z } from 'zod';
import { PIPELINE_CLIENT_ID, PIPELINE_ROLES } from '../directory/built-in-applications';
import type { Directory } from '../directory/directory';
import type { AccessTokens } from './access-tokens';
import { ASSERTION_TYPE, checkClientAssertion } from './client-assertion';
import { type Client, consentedScopes, findClient, findLoginTenant } from './clients';
import type { DeviceCodes } from './device-codes';
import { LoginError } from './login-error';
import { readScope, type Resource } from './resources';

/** What the sign-in routes need. */
export interface LoginDependencies {
  readonly directory: Directory;
  readonly tokens: AccessTokens;
  readonly deviceCodes: DeviceCodes;
  readonly now: () => Date;
  /** Address of the emulator, without a slash at the end. */
  readonly url: () => string;
}

/** What the token endpoint gives. */
export interface Grant {
  readonly accessToken: string;
  /** Delegated permissions in the token; undefined for an application on its own. */
  readonly scopes?: readonly string[];
  /** Who signed in; undefined for an application on its own. */
  readonly person?: { readonly objectId: string; readonly clientId: string };
}

const formSchema = z.looseObject({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion: z.string().optional(),
  client_assertion_type: z.string().optional(),
  scope: z.string().optional(),
  device_code: z.string().optional(),
});

type TokenForm = z.infer<typeof formSchema>;

/** RFC 8628 §3.4; Microsoft's own libraries send `device_code`. */
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * Answers a request to the token endpoint.
 *
 * @throws LoginError
 */
export async function grantToken(dependencies: LoginDependencies, tenantName: string, body: unknown): Promise<Grant> {
  const tenant = findLoginTenant(dependencies.directory, tenantName);
  const form = formSchema.parse(body);
  const client = findClient(dependencies.directory, tenant, needed(form, 'client_id'));
  switch (needed(form, 'grant_type')) {
    case 'client_credentials':
      return grantToApplication(dependencies, client, form, tenantName);
    case DEVICE_CODE:
    case 'device_code':
      return grantToPerson(dependencies, client, form);
    default:
      throw new LoginError(
        70003,
        'unsupported_grant_type',
        `The app requested an unsupported grant type '${form.grant_type ?? ''}'; client_credentials and ${DEVICE_CODE} are emulated.`,
      );
  }
}

/** @throws LoginError 900144 */
export function needed(form: TokenForm, name: 'client_id' | 'grant_type' | 'scope' | 'device_code'): string {
  const value = form[name];
  if (value === undefined || value === '') {
    throw new LoginError(
      900144,
      'invalid_request',
      `The request body must contain the following parameter: '${name}'.`,
    );
  }
  return value;
}

async function grantToApplication(
  dependencies: LoginDependencies,
  client: Client,
  form: TokenForm,
  tenantName: string,
): Promise<Grant> {
  const at = dependencies.now();
  await authenticate(dependencies, client, form, tenantName);
  const scope = needed(form, 'scope');
  if (!scope.endsWith('/.default')) {
    throw new LoginError(
      1002012,
      'invalid_scope',
      `The provided value for scope '${scope}' is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
    );
  }
  const { resource } = readScope(dependencies.directory, client.tenant, scope, { graphUrl: dependencies.url() });
  const request = { ...identityOf(client), audience: resource.application.appId, roles: rolesOf(client, resource) };
  return { accessToken: await dependencies.tokens.issue(request, at) };
}

/** @throws LoginError 7000218 where neither secret nor assertion is sent, 7000215 where the secret is wrong. */
async function authenticate(
  { url, now }: LoginDependencies,
  { application, servicePrincipal }: Client,
  form: TokenForm,
  tenantName: string,
): Promise<void> {
  if (form.client_assertion !== undefined && form.client_assertion_type === ASSERTION_TYPE) {
    const base = `${url()}/${tenantName}`.toLowerCase();
    await checkClientAssertion(form.client_assertion, {
      clientId: application.appId,
      keyCredentials: [...application.keyCredentials, ...servicePrincipal.keyCredentials],
      audiences: [`${base}/oauth2/v2.0/token`, `${base}/oauth2/token`, `${base}/v2.0`, base, `${base}/`],
      at: now(),
    });
    return;
  }
  if (form.client_secret === undefined) {
    throw new LoginError(
      7000218,
      'invalid_client',
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (!application.passwordCredentials.some(({ secretText }) => secretText === form.client_secret)) {
    throw new LoginError(
      7000215,
      'invalid_client',
      `Invalid client secret provided. The application '${application.appId}' has no secret with this value.`,
    );
  }
}

/** Entra answers a device code once a person has entered it; here it counts as entered as soon as it is made. */
async function grantToPerson(dependencies: LoginDependencies, client: Client, form: TokenForm): Promise<Grant> {
  const { directory, deviceCodes, tokens, now } = dependencies;
  const scope = deviceCodes.redeem(needed(form, 'device_code'), client.application.appId, now());
  const { resource, permissions } = readScope(directory, client.tenant, scope, { graphUrl: dependencies.url() });
  const scopes = consentedScopes(client, resource.servicePrincipal.id, permissions);
  const identity = { ...identityOf(client), objectId: deviceCodes.personId };
  return {
    accessToken: await tokens.issue({ ...identity, audience: resource.application.appId, scopes }, now()),
    scopes,
    person: identity,
  };
}

function identityOf({ tenant, application, servicePrincipal }: Client): {
  tenantId: string;
  clientId: string;
  objectId: string;
} {
  return { tenantId: tenant.id, clientId: application.appId, objectId: servicePrincipal.id };
}

/** Application permissions that were granted. Without any, Entra issues a token all the same, without roles. */
function rolesOf({ tenant, application, servicePrincipal }: Client, resource: Resource): string[] {
  const granted = tenant.appRoleAssignments
    .all()
    .filter((one) => one.principalId === servicePrincipal.id && one.resourceId === resource.servicePrincipal.id)
    .flatMap((one) => resource.application.appRoles.find(({ id }) => id === one.appRoleId)?.value ?? []);
  return application.appId === PIPELINE_CLIENT_ID ? [...PIPELINE_ROLES, ...granted] : granted;
}
