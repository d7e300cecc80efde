import type { Construct } from 'constructs';
import type { ApplicationConfiguration, PortalApplicationConfiguration } from '../lib/config/configuration';
import type { IEntraApplication } from '../lib/entra/application';
import { EntraApplication } from '../lib/entra/entra-application';
import type { ExistingEntraApplicationOptions } from '../lib/entra/existing-entra-application';
import { ForgottenApplication } from '../lib/entra/forgotten-application';

/** An application that is there already, under an id of its own: `create` below may take its place some day. */
export function adopt(
  scope: Construct,
  id: string,
  clientId: string,
  options: ExistingEntraApplicationOptions,
): IEntraApplication {
  return EntraApplication.fromClientId(scope, existingId(id), clientId, options);
}

/** An application of the stack; an existing one that stood in its place is let go of, unharmed. */
export function create(scope: Construct, id: string, make: (id: string) => IEntraApplication): IEntraApplication {
  new ForgottenApplication(scope, existingId(id));
  return make(id);
}

/** What the configuration says to be granted already; a new application has nothing yet. */
export function consentExceptions(
  declared: ApplicationConfiguration | PortalApplicationConfiguration,
): readonly string[] {
  return 'alreadyConsented' in declared ? declared.alreadyConsented : [];
}

function existingId(id: string): string {
  return `existing-${id}`;
}
