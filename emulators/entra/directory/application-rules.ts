import type { RedirectPlatform } from '../../../lib/addresses/redirect-platforms';
import { checkRedirectUris } from '../../../lib/addresses/redirect-uri';
import { Vb365Error } from '../../../lib/errors';
import { badRequest } from '../graph-error';
import { type Application, redirectUrisOf } from './objects';

/** Items over all collections that the object of an application may have: https://learn.microsoft.com/entra/identity-platform/reference-app-manifest */
const MOST_ITEMS = 1000;

/** Redirect URIs over all platforms: https://learn.microsoft.com/entra/identity-platform/reply-url */
const MOST_REDIRECT_URIS = 256;

const PLATFORMS: readonly (readonly [property: 'spa' | 'web' | 'publicClient', platform: RedirectPlatform])[] = [
  ['spa', 'spa'],
  ['web', 'web'],
  ['publicClient', 'public-client'],
];

/**
 * What Entra asks of an application before it keeps it.
 *
 * @param previous what it was before; undefined where it is new.
 * @throws GraphError 400
 */
export function checkApplication(application: Application, previous: Application | undefined): void {
  for (const [property, platform] of PLATFORMS) checkPlatform(application[property].redirectUris, platform);
  const redirectUris = redirectUrisOf(application);
  if (redirectUris.length > MOST_REDIRECT_URIS) {
    throw badRequest(`The application has ${redirectUris.length} redirect URIs; ${MOST_REDIRECT_URIS} are allowed.`);
  }
  checkIdentifierUris(application.identifierUris);
  if (previous) checkDisabledFirst(application, previous);
  if (countItems(application, redirectUris.length) > MOST_ITEMS) {
    throw badRequest(
      'The size of the object has exceeded its limit. Please reduce the number of values and retry your request.',
      'Directory_ResourceSizeExceeded',
    );
  }
}

function checkPlatform(redirectUris: readonly string[], platform: RedirectPlatform): void {
  try {
    checkRedirectUris(redirectUris, platform);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    throw badRequest(
      `Invalid value specified for property 'redirectUris' of resource 'Application'. ${error.message}`,
      'InvalidRedirectUri',
    );
  }
}

function checkIdentifierUris(uris: readonly string[]): void {
  const wrong = uris.find((uri) => !/^[a-z][a-z0-9+.-]*:\S+$/i.test(uri) || uri.length > 255);
  if (wrong !== undefined) {
    throw badRequest(`Invalid value specified for property 'identifierUris' of resource 'Application'. '${wrong}'`);
  }
}

/** An enabled permission may be in use: Entra wants it disabled before it goes. */
function checkDisabledFirst(application: Application, previous: Application): void {
  const kept = [...application.api.oauth2PermissionScopes, ...application.appRoles];
  for (const before of [...previous.api.oauth2PermissionScopes, ...previous.appRoles]) {
    const after = kept.find(({ id }) => id === before.id);
    if (before.isEnabled && after?.value !== before.value) {
      throw badRequest(
        'Permission (scope or role) cannot be deleted or updated unless disabled first.',
        'CannotDeleteOrUpdateEnabledEntitlement',
      );
    }
  }
}

function countItems(application: Application, redirectUris: number): number {
  const resourceAccess = application.requiredResourceAccess.flatMap((entry) => entry.resourceAccess);
  return (
    redirectUris +
    application.identifierUris.length +
    application.tags.length +
    application.api.oauth2PermissionScopes.length +
    application.appRoles.length +
    application.keyCredentials.length +
    application.passwordCredentials.length +
    resourceAccess.length
  );
}
