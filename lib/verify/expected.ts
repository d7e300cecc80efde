import { checkRedirectUris } from '../addresses/redirect-uri';
import { parseWebAddress, webAddressSpellings } from '../addresses/web-address';
import {
  auxiliaryBackupPermissions,
  backupPermissions,
  dataCloudPermissions,
  type Permission,
  PORTAL_SCOPE,
  portalPermissions,
} from '../catalogue/permissions';
import type { Region } from '../catalogue/regions';
import type {
  ApplicationConfiguration,
  Configuration,
  ConsentPlacement,
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
  /** What it shall ask for; undefined where the configuration leaves that to somebody else. */
  readonly permissions: readonly Permission[] | undefined;
  readonly consent: ExpectedConsent;
  /** As Entra keeps them. */
  readonly redirectUris: Readonly<Record<'spa' | 'public-client', readonly string[]>>;
  readonly publicClientFlows: boolean;
}

/** What an administrator has to have granted, and who does it. */
export interface ExpectedConsent {
  readonly permissions: readonly Permission[];
  /** A scope of the application's own, which it has to be granted too. */
  readonly ownScope: string | undefined;
  readonly placement: ConsentPlacement;
  /** What the stacks leave out because somebody has granted it before; undefined where a stack has made the application. */
  readonly alreadyConsented: readonly string[] | undefined;
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
  const { application, consent, webAddress } = installation.restorePortal;
  const addresses = [...webAddressSpellings(parseWebAddress(webAddress)), ...application.additionalRedirectUris];
  return {
    ...placeOf(installation, application),
    permissions: portalPermissions(),
    consent: {
      ...consentOf(application, portalPermissions(), consent),
      // The one that was there before has a scope whose name nobody has declared.
      ownScope: 'clientId' in application ? undefined : PORTAL_SCOPE,
    },
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
    const existing = { clientId: auxiliary, alreadyConsented: [] };
    const consent = consentOf(existing, auxiliaryBackupPermissions(organization.region), 'none');
    const unsaid = { permissions: undefined, redirectUris: NO_ADDRESSES, publicClientFlows: false };
    return { ...placeOf(organization, existing), consent, ...unsaid };
  }
  const isInteractive = purposes.includes('restore-interactive');
  const { productVersion = '' } = installations.find(({ name }) => name === organization.installation) ?? {};
  const permissions = backupPermissions({ services, purposes, productVersion });
  return {
    ...placeOf(organization, application),
    permissions,
    consent: consentOf(application, permissions, organization.consent),
    redirectUris: isInteractive ? { spa: [], 'public-client': [LOCALHOST] } : NO_ADDRESSES,
    publicClientFlows: isInteractive,
  };
}

function ofDataCloud(organization: DataCloudConfiguration | undefined): ExpectedApplication | undefined {
  if (organization === undefined) return undefined;
  const { application, consent, services } = organization;
  const permissions = dataCloudPermissions(services);
  return {
    ...placeOf(organization, application),
    permissions,
    consent: consentOf(application, permissions, consent),
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

function consentOf(
  application: ApplicationConfiguration,
  permissions: readonly Permission[],
  placement: ConsentPlacement,
): ExpectedConsent {
  const alreadyConsented = 'clientId' in application ? application.alreadyConsented : undefined;
  return { permissions, ownScope: undefined, placement, alreadyConsented };
}
