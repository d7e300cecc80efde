import { parseWebAddress } from '../addresses/web-address';
import type { Configuration, InstallationConfiguration } from './configuration';

/** What the installation of the sample configuration says, as `vb365 init` writes it. */
const SAMPLE = {
  tenantId: '00000000-0000-0000-0000-000000000001',
  hosts: ['portal.example.com', 'proxy1.example.com', 'proxy2.example.com', 'vb365.example.com'],
} as const;

/**
 * Whether an installation still has all host names and the tenant id of the sample. Either alone says nothing: names under
 * example.com and made-up ids stand in many a configuration that somebody has written on purpose.
 */
export function isSample({ installations }: Pick<Configuration, 'installations'>): boolean {
  return installations.some(
    (installation) =>
      installation.tenantId === SAMPLE.tenantId && String(hostsOf(installation)) === String(SAMPLE.hosts),
  );
}

/** Each once, sorted. */
function hostsOf({ server, proxies, restApi, restorePortal }: InstallationConfiguration): string[] {
  const portal = restorePortal && parseWebAddress(restorePortal.webAddress).hostName;
  const hosts = [server, ...proxies, ...(restApi ? [restApi] : [])].map(({ hostName }) => hostName);
  return [...new Set([...hosts, ...(portal === undefined ? [] : [portal])])].sort();
}
