import type { EntraEmulator } from '../emulators/entra';
import { roles } from '../lib/catalogue/roles';
import type { Configuration } from '../lib/config/configuration';
import { lineagesOf } from '../lib/config/lineages';

/** Who signs in to Microsoft 365 with a certificate. */
export interface Signer {
  readonly lineage: string;
  /** Name of its stack. */
  readonly owner: string;
  readonly tenantId: string;
  /** Of its application; the emulator gives it when the application is made. */
  readonly clientId: string;
}

/** Owners whose application has certificates; other certificates of the sample are installed by hand. */
export function signersOf(configuration: Configuration, entra: EntraEmulator): Signer[] {
  const { dataCloud, installations, organizations } = configuration;
  const tenants = new Map(
    [...installations, ...organizations, ...dataCloud].map(({ name, tenantId }) => [name, tenantId]),
  );
  return lineagesOf(configuration).flatMap(({ name: lineage, owner, role }) => {
    const tenantId = tenants.get(owner) ?? '';
    const [application] = entra.directory.tenant(tenantId).applications.all();
    return application && roles[role].boundToEntra ? [{ lineage, owner, tenantId, clientId: application.appId }] : [];
  });
}
