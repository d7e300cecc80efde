import { checkRedirectUris, MOST_REDIRECT_URIS } from '../addresses/redirect-uri';
import { Vb365Error } from '../errors';

/** Addresses that Entra may send a person back to, by the platform of Entra's portal. */
export interface RedirectUris {
  /** Single-page application: Restore Portal. @default none */
  readonly singlePageApplication?: readonly string[];
  /** @default none */
  readonly web?: readonly string[];
  /** Mobile and desktop applications: `http://localhost` for restores with a device code. @default none */
  readonly publicClient?: readonly string[];
}

/** `http://localhost`: where the sign-in of a person who restores comes back to, on the machine of that person. */
export const LOCALHOST_REDIRECT_URI = 'http://localhost';

/**
 * All three lists, each address in the form that Entra keeps.
 *
 * @throws Vb365Error what `checkRedirectUris` throws, and `redirect-uri-too-many` where they are too many together.
 */
export function canonicalRedirectUris(uris: RedirectUris): Required<RedirectUris> {
  const canonical = {
    singlePageApplication: checkRedirectUris(uris.singlePageApplication ?? [], 'spa'),
    web: checkRedirectUris(uris.web ?? [], 'web'),
    publicClient: checkRedirectUris(uris.publicClient ?? [], 'public-client'),
  };
  const count = Object.values(canonical).flat().length;
  if (count > MOST_REDIRECT_URIS) {
    throw new Vb365Error('redirect-uri-too-many', {
      message: `the application has ${count} redirect URIs on all platforms together; Entra allows ${MOST_REDIRECT_URIS}`,
      cure: 'remove those that nobody uses',
    });
  }
  return canonical;
}
