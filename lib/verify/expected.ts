import { checkRedirectUris } from '../addresses/redirect-uri';
import { parseWebAddress, webAddressSpellings } from '../addresses/web-address';
import { backupPermissions, dataCloudPermissions, type Permission, portalPermissions } from '../catalogue/permissions';
import type { Region } from '../catalogue/regions';
import type {
  ApplicationConfiguration,
  Configuration,
  DataCloudConfiguration,
  InstallationConfiguration,
  OrganizationConfiguration,
} from '../config/configuration';
import type { LineageDeclaration } from '../config/lineages';

/** What the configuration says of the application that a lineage belongs to. */
export interface ExpectedApplication {
  readonly tenantId: string;
  readonly region: Region;
  /** Where the application was there before. */
  readonly clientId: string | undefined;
  /** Whether a stack has made it, so that nobody else should have put anything into it. */
  readonly isOwned: boolean;
  /** Undefined where the configuration leaves them to somebody else. */
  readonly permissions: readonly Permission[] | undefined;
  /** As Entra keeps them. */
  readonly redirectUris: Readonly<Record<'spa' | 'public-client', readonly string[]>>;
  readonly publicClientFlows: boolean;
}

/** Where the sign-in of a person who restores comes back to. */
const LOCALHOST = 'http://localhost';

const NO_ADDRESSES = { spa: [], 'public-client': [] } as const;

/** @returns undefined for a lineage that no application holds */
export function expectedApplication(
  { dataCloud, installations, organizations }: Configuration,
  declaration: LineageDeclaration,
): ExpectedApplication | undefined {
  const isOwner = ({ name }: { readonly name: string }): boolean => name === declaration.owner;
  switch (declaration.role) {
    case 'restore-portal':
      return ofPortal(installations.find(isOwner));
    case 'entra-application':
      return ofOrganization(organizations.find(isOwner), declaration.clientId, installations);
    case 'data-cloud':
      return ofDataCloud(dataCloud.find(isOwner));
    case 'rest-api':
    case 'server':
    case 'tenant-authentication':
    case 'restore-operator-authentication':
      return undefined;
  }
}

function ofPortal(installation: InstallationConfiguration | undefined): ExpectedApplication | undefined {
  if (installation?.restorePortal === undefined) return undefined;
  const { application, webAddress } = installation.restorePortal;
  const addresses = [...webAddressSpellings(parseWebAddress(webAddress)), ...application.additionalRedirectUris];
  return {
    ...placeOf(installation, application),
    permissions: portalPermissions(),
    redirectUris: { spa: checkRedirectUris(addresses, 'spa'), 'public-client': [] },
    publicClientFlows: false,
  };
}

/** @param auxiliary client id of the backup application, of which the configuration says nothing else */
function ofOrganization(
  organization: OrganizationConfiguration | undefined,
  auxiliary: string | undefined,
  installations: Configuration['installations'],
): ExpectedApplication | undefined {
  if (organization === undefined) return undefined;
  const { application, purposes, services } = organization;
  if (auxiliary !== undefined) {
    const place = placeOf(organization, { clientId: auxiliary, alreadyConsented: [] });
    return { ...place, permissions: undefined, redirectUris: NO_ADDRESSES, publicClientFlows: false };
  }
  const isInteractive = purposes.includes('restore-interactive');
  const { productVersion = '' } = installations.find(({ name }) => name === organization.installation) ?? {};
  return {
    ...placeOf(organization, application),
    permissions: backupPermissions({ services, purposes, productVersion }),
    redirectUris: isInteractive ? { spa: [], 'public-client': [LOCALHOST] } : NO_ADDRESSES,
    publicClientFlows: isInteractive,
  };
}

function ofDataCloud(organization: DataCloudConfiguration | undefined): ExpectedApplication | undefined {
  if (organization === undefined) return undefined;
  return {
    ...placeOf(organization, organization.application),
    permissions: dataCloudPermissions(organization.services),
    redirectUris: NO_ADDRESSES,
    publicClientFlows: false,
  };
}

function placeOf(
  { tenantId, region }: { readonly tenantId: string; readonly region: Region },
  application: ApplicationConfiguration,
): Pick<ExpectedApplication, 'tenantId' | 'region' | 'clientId' | 'isOwned'> {
  const clientId = 'clientId' in application ? application.clientId : undefined;
  return { tenantId, region, clientId, isOwned: clientId === undefined };
}
