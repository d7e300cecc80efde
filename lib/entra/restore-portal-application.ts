import type { Construct } from 'constructs';
import { parseWebAddress, webAddressSpellings } from '../addresses/web-address';
import { PORTAL_SCOPE, portalPermissions } from '../catalogue/permissions';
import { EntraApplication, type EntraApplicationProps } from './entra-application';
import { requireProps } from './props';

/** Where people open the portal, and who may sign in to it. */
export interface RestorePortalApplicationProps {
  /** As Entra's portal lists it. */
  readonly displayName: string;
  /** Restore Portal web address: `https://portal.example.com:4443`. */
  readonly webAddress: string;
  /** Whether people of other tenants may sign in: a service provider's portal. @default false */
  readonly multiTenant?: boolean;
  /** Further addresses that the portal is opened by; Veeam's wizard sets one only. @default none */
  readonly additionalRedirectUris?: readonly string[];
  /** As `EntraApplicationProps` has it. @default nobody */
  readonly deployClientId?: string;
}

/**
 * The Entra application of Restore Portal: a single-page application at the web address, with a scope of its own
 * through which the portal acts for the person who has signed in. One application a region.
 *
 * Source: VeeamHub VB365-RestorePortalSetup; Veeam help centre, Restore Portal settings.
 *
 * @throws Vb365Error what `parseWebAddress` and `canonicalRedirectUris` throw.
 */
export class RestorePortalApplication extends EntraApplication {
  constructor(scope: Construct, id: string, props: RestorePortalApplicationProps) {
    super(scope, id, applicationProps(`${scope.node.path}/${id}`, props));
  }
}

/** What the portal's application must have among its single-page redirect URIs, the web address first. */
export function portalRedirectUris(webAddress: string, additional: readonly string[] = []): string[] {
  return [...webAddressSpellings(parseWebAddress(webAddress)), ...additional];
}

function applicationProps(path: string, props: RestorePortalApplicationProps): EntraApplicationProps {
  requireProps(path, props, 'displayName', 'webAddress');
  return {
    displayName: props.displayName,
    multiTenant: props.multiTenant ?? false,
    redirectUris: { singlePageApplication: portalRedirectUris(props.webAddress, props.additionalRedirectUris) },
    permissions: portalPermissions(),
    ...(props.deployClientId !== undefined && { deployClientId: props.deployClientId }),
    scope: {
      name: PORTAL_SCOPE,
      displayName: 'Access Restore Portal as a user',
      description: 'Restore Portal acts for the person who has signed in.',
    },
  };
}
