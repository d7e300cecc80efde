import type { Construct } from 'constructs';
import type { ApplicationConfiguration, PortalApplicationConfiguration } from '../lib/config/configuration';
import type { IEntraApplication } from '../lib/entra/application';
import { EntraApplication, type EntraApplicationProps } from '../lib/entra/entra-application';

/** The application that the configuration declares: a new one, or one that is there. */
export function declaredApplication(
  scope: Construct,
  id: string,
  declared: ApplicationConfiguration,
  options: Pick<EntraApplicationProps, 'permissions' | 'publicClientFlows' | 'redirectUris'>,
): IEntraApplication {
  return 'clientId' in declared
    ? EntraApplication.fromClientId(scope, id, declared.clientId, options)
    : new EntraApplication(scope, id, { ...options, displayName: declared.displayName });
}

/** What the configuration says to be granted already; a new application has nothing yet. */
export function consentExceptions(
  declared: ApplicationConfiguration | PortalApplicationConfiguration,
): readonly string[] {
  return 'alreadyConsented' in declared ? declared.alreadyConsented : [];
}
