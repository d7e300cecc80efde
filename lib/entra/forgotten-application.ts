import { Construct } from 'constructs';
import { redirectPlatforms } from '../addresses/redirect-platforms';
import { apis } from '../catalogue/permission-ids';
import { RemovedBlock } from './terraform/removed-block';

/** Construct ids and types of everything that an existing application may be adopted with. */
export const adoptable: ReadonlyMap<string, string> = new Map([
  ...Object.values(redirectPlatforms).map(
    ({ type }) => [`redirect-uris-${type}`, 'azuread_application_redirect_uris'] as const,
  ),
  ...Object.keys(apis).map((api) => [`api-access-${api}`, 'azuread_application_api_access'] as const),
  ['public-client-flows', 'azuread_application_fallback_public_client'],
  ['service-principal', 'azuread_service_principal'],
]);

/**
 * Lets go of what is not declared (any more) of an existing application, below its construct.
 *
 * To the provider, destroying means to empty the whole list of redirect URIs or permissions, foreign ones included, and
 * to delete the service principal with every consent. `prevent_destroy` does not help: it goes with the declaration.
 */
export function letGoOfUndeclared(application: Construct): void {
  for (const [id, type] of adoptable) {
    if (application.node.tryFindChild(id) === undefined) new RemovedBlock(application, id, type);
  }
}

/** Stands where an existing application stood before one that is owned took its place. */
export class ForgottenApplication extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    letGoOfUndeclared(this);
  }
}
