import { addressesBeyond } from '../../addresses/address-meaning';
import type { RedirectPlatform } from '../../addresses/redirect-platforms';
import { DANGEROUS_SCHEMES, parseRedirectUri } from '../../addresses/redirect-uri';
import { parseWebAddress, webAddressSpellings } from '../../addresses/web-address';
import { objectsOf, textsOf } from '../../plan/json-values';
import type { PlannedApplication } from '../stack/application';
import type { PlannedRedirectUris } from '../stack/redirect-uris';
import type { ReviewContext, StackPlan } from '../stack/stack-plan';
import { staysItself } from './credentials';
import { foreignness, type KnownHosts, knownHosts } from './foreign-redirect-uri';

/** What a plan changes in the redirect URIs of one platform; each URI stands in one of the lists at most. */
export interface RedirectUriChanges {
  readonly application: PlannedApplication | undefined;
  readonly platform: RedirectPlatform;
  /** Added, and anybody may receive the tokens that are sent there. */
  readonly wildcards: readonly string[];
  /** Added, and neither https nor what Entra takes beside it. */
  readonly insecure: readonly string[];
  /** Added, and nobody has asked for it, with the reason why one may say so. */
  readonly foreign: readonly { readonly uri: string; readonly why: string }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** One went, and one came in its place. */
  readonly moved: { readonly from: string; readonly to: string } | undefined;
}

/** Those of applications that stay themselves. */
export function redirectUriChanges(stack: StackPlan, { configuration }: ReviewContext): RedirectUriChanges[] {
  const missing = missingPortalAddresses(stack).flatMap(({ addresses }) => addresses);
  const hosts = knownHosts(configuration);
  return stack.redirectUris
    .filter(({ application }) => staysItself(application))
    .map((uris) => changesOf(uris, missing, hosts));
}

/** A Restore Portal application that will lack addresses at which the portal is opened. */
export interface MissingPortalAddresses {
  readonly application: PlannedApplication;
  readonly addresses: readonly string[];
}

/** None where the configuration does not know the stack, or it has no portal. */
export function missingPortalAddresses({ applications, owner, redirectUris }: StackPlan): MissingPortalAddresses[] {
  if (owner?.kind !== 'installation' || owner.configuration.restorePortal === undefined) return [];
  const wanted = webAddressSpellings(parseWebAddress(owner.configuration.restorePortal.webAddress)).map((address) =>
    parseRedirectUri(address, 'spa'),
  );
  const planned = spaUrisByApplication(redirectUris);
  return applications.all
    .filter(staysItself)
    .map((application) => {
      return {
        application,
        addresses: addressesBeyond(wanted, planned.get(application) ?? inlineSpaUris(application)),
      };
    })
    .filter(({ addresses }) => addresses.length > 0);
}

/** A user name or password before the host is nobody's business. */
export function shownUri(uri: string): string {
  return uri.replace(/\/\/[^/?#]*@/, '//…@');
}

function spaUrisByApplication(
  redirectUris: readonly PlannedRedirectUris[],
): Map<PlannedApplication | undefined, string[]> {
  const found = new Map<PlannedApplication | undefined, string[]>();
  for (const { after, application, platform } of redirectUris) {
    if (platform === 'spa') found.set(application, [...(found.get(application) ?? []), ...after]);
  }
  return found;
}

/** Of an application that is there already: what Entra has, where no resource says what it will be. */
function inlineSpaUris({ after }: PlannedApplication): string[] {
  return objectsOf(after.single_page_application).flatMap(({ redirect_uris: uris }) => textsOf(uris));
}

function changesOf(
  uris: PlannedRedirectUris,
  told: readonly string[],
  hosts: KnownHosts | undefined,
): RedirectUriChanges {
  const { after, application, before, platform } = uris;
  const added = addressesBeyond(after, before);
  const removed = addressesBeyond(before, [...after, ...told]);
  const named = added.filter((uri) => !uri.includes('*'));
  const wildcards = added.filter((uri) => uri.includes('*'));
  const insecure = named.filter((uri) => !isSecure(uri, platform));
  const secure = named.filter((uri) => isSecure(uri, platform));
  const foreign = secure.flatMap((uri) => {
    const why = foreignness(uri, platform, hosts, application?.clientId);
    return why === undefined ? [] : [{ uri, why }];
  });
  const sound = secure.filter((uri) => !foreign.some((one) => one.uri === uri));
  const common = { application, platform, wildcards, insecure, foreign };
  const [from, to] = [removed[0], sound[0]];
  return removed.length === 1 && sound.length === 1 && from !== undefined && to !== undefined
    ? { ...common, added: [], removed: [], moved: { from, to } }
    : { ...common, added: sound, removed, moved: undefined };
}

/** Source: https://learn.microsoft.com/entra/identity-platform/reply-url */
function isSecure(uri: string, platform: RedirectPlatform): boolean {
  if (/^https:\/\//i.test(uri) || /^http:\/\/(?:localhost|127\.0\.0\.1)(?::[0-9]+)?(?:[/?]|$)/i.test(uri)) return true;
  const scheme = uri.split(':', 1)[0]?.toLowerCase() ?? '';
  return platform === 'public-client' && !/^https?$/.test(scheme) && !DANGEROUS_SCHEMES.has(scheme);
}
