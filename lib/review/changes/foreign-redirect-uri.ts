import type { RedirectPlatform } from '../../addresses/redirect-platforms';
import { parseRedirectUri } from '../../addresses/redirect-uri';
import { parseWebAddress } from '../../addresses/web-address';
import { regions } from '../../catalogue/regions';
import type { Configuration } from '../../config/configuration';
import { Vb365Error } from '../../errors';

/** Hosts to which Entra may send tokens. */
export type KnownHosts = ReadonlySet<string>;

/** Where programs without a page of their own take their tokens; Microsoft names these. */
const MICROSOFT = new Set(Object.values(regions).map(({ login }) => new URL(login).hostname));

/**
 * Every host that `vb365.yaml` names, and those of Microsoft's own sign-in pages; undefined without a configuration, which then
 * cannot be asked.
 */
export function knownHosts(configuration: Configuration | undefined): KnownHosts | undefined {
  if (configuration === undefined) return undefined;
  const named = configuration.installations.flatMap(({ restApi, restorePortal, server }) => [
    server.hostName,
    ...(restApi === undefined ? [] : [restApi.hostName]),
    ...(restorePortal === undefined
      ? []
      : [
          parseWebAddress(restorePortal.webAddress).hostName ?? '',
          ...restorePortal.application.additionalRedirectUris.map(hostOf),
        ]),
  ]);
  return new Set([...named, ...MICROSOFT]);
}

/**
 * Why an https address, or that of a program, is nothing that somebody has asked for; undefined where it is.
 *
 * @param clientId of the application, which stands in the addresses that Microsoft's libraries use
 */
export function foreignness(
  uri: string,
  platform: RedirectPlatform,
  hosts: KnownHosts | undefined,
  clientId: string | undefined,
): string | undefined {
  const canonical = canonicalOf(uri, platform);
  if (canonical instanceof Vb365Error) return canonical.message;
  if (canonical !== uri) return 'is written otherwise than Entra and browsers read it';
  if (uri.startsWith('http:')) return undefined;
  if (!uri.startsWith('https:'))
    return isOfProgram(uri, clientId) ? undefined : 'is of a scheme that any program can claim';
  return hosts === undefined || hosts.has(hostOf(uri)) ? undefined : 'is on a host that vb365.yaml does not name';
}

/** Entra takes the loopback address beside localhost, and two spellings of an address without a path. */
function canonicalOf(uri: string, platform: RedirectPlatform): string | Vb365Error {
  const named = uri.replace(/^http:\/\/127\.0\.0\.1(?=[:/?]|$)/, 'http://localhost');
  try {
    const canonical = parseRedirectUri(named, platform);
    return canonical === named || canonical === `${named}/` ? uri : canonical;
  } catch (error) {
    if (error instanceof Vb365Error) return error;
    throw error;
  }
}

/** Source: https://learn.microsoft.com/entra/identity-platform/reply-url, /msal-client-application-configuration#redirect-uri */
function isOfProgram(uri: string, clientId: string | undefined): boolean {
  if (uri === 'urn:ietf:wg:oauth:2.0:oob') return true;
  return (
    clientId !== undefined &&
    [`msal${clientId}://auth`, `ms-appx-web://microsoft.aad.brokerplugin/${clientId}`].includes(uri.toLowerCase())
  );
}

function hostOf(uri: string): string {
  return /^https?:\/\/([^/:?]*)/.exec(uri)?.[1] ?? '';
}
