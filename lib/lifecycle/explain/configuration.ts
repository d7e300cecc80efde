import { addressesBeyond } from '../../addresses/address-meaning';
import { parseWebAddress, webAddressSpellings } from '../../addresses/web-address';
import type { Configuration, InstallationConfiguration } from '../../config/configuration';
import { groupBy, shortList } from '../../words/lists';
import type { Diagnosis } from './certificate';
import { backupApplicationSegment, lineageName } from '../../catalogue/lineage-name';

/** What the ids in a message may be. */
export interface KnownIds {
  /** Lineages of the existing applications, by client id in lower case; those that a stack creates get theirs from Entra. */
  readonly applications: ReadonlyMap<string, readonly string[]>;
  /** Names of installations and organizations, by tenant id in lower case. */
  readonly tenants: ReadonlyMap<string, readonly string[]>;
}

/** As many names as are given; a tenant of a provider may be that of a hundred. */
const MOST_NAMES = 5;

/** A message names an application, a tenant or two, and a resource. */
const MOST_IDS = 10;

export function knownIds({ installations, organizations, dataCloud }: Configuration): KnownIds {
  const applications = new Map<string, string[]>();
  const add = (application: object | undefined, lineage: string): void => {
    if (application === undefined || !('clientId' in application)) return;
    const id = String(application.clientId).toLowerCase();
    applications.set(id, [...(applications.get(id) ?? []), lineage]);
  };
  for (const { name, restorePortal } of installations)
    add(restorePortal?.application, lineageName(name, 'restore-portal'));
  for (const { name, application, backupApplications } of organizations) {
    add(application, lineageName(name, 'entra-application'));
    for (const backup of backupApplications) add(backup, lineageName(name, backupApplicationSegment(backup.clientId)));
  }
  for (const { name, application } of dataCloud) add(application, lineageName(name, 'data-cloud'));

  const owners = groupBy([...installations, ...organizations, ...dataCloud], ({ tenantId }) => tenantId.toLowerCase());
  const tenants = new Map([...owners].map(([tenant, all]) => [tenant, all.map(({ name }) => name)]));
  return { applications, tenants };
}

/** What the ids of a message are in the configuration, each in a sentence; of a log that names hundreds, the first. */
export function namesOf(uuids: readonly string[], { applications, tenants }: KnownIds): string[] {
  const known = uuids.filter((uuid) => applications.has(uuid) || tenants.has(uuid));
  return known.slice(0, MOST_IDS).flatMap((uuid) => {
    const lineages = applications.get(uuid);
    const owners = tenants.get(uuid);
    return [
      ...(lineages === undefined ? [] : [`application ${uuid}: that of ${shortList(lineages, MOST_NAMES)}`]),
      ...(owners === undefined ? [] : [`tenant ${uuid}: that of ${shortList(owners, MOST_NAMES)}`]),
    ];
  });
}

/**
 * Why Entra does not know the address to which a browser shall come back.
 *
 * @param address scheme, host, port and path
 * @param applicationId client id in lower case of the application that lacks it; undefined where the message does not tell
 * @returns undefined where the message names none, or the configuration has no Restore Portal
 */
export function diagnoseAddress(
  address: string | undefined,
  applicationId: string | undefined,
  configuration: Configuration | undefined,
  ids: KnownIds | undefined,
): Diagnosis | undefined {
  const portals = configuration?.installations.flatMap(portalOf) ?? [];
  if (address === undefined || portals.length === 0) return undefined;
  const portal = portals.find(({ addresses }) => addressesBeyond([address], addresses).length === 0);
  const other = applicationId === undefined ? undefined : otherApplication(applicationId, portal, portals, ids);
  if (other !== undefined) return other;
  if (portal !== undefined) {
    const application = applicationId === undefined ? 'the application' : `the application ${applicationId}`;
    return {
      causes: [
        `vb365.yaml has ${address} for ${portal.name}, and ${application} lacks it: it was not deployed since, or it was changed in Entra`,
      ],
      steps: [{ command: `npx cdktf deploy ${portal.name}`, what: 'register the redirect URIs in Entra' }],
    };
  }
  const listed = portals.map(({ name, webAddress }) => `${webAddress} (${name})`);
  return {
    causes: [`vb365.yaml does not have ${address}; its Restore Portal is at ${shortList(listed, MOST_NAMES)}`],
    steps: [
      { command: null, what: 'open Restore Portal under that address' },
      { command: null, what: 'or write the other one as webAddress or among additionalRedirectUris, and deploy it' },
    ],
  };
}

/** The message names an application which the configuration knows as another one than that of the portal. */
function otherApplication(
  id: string,
  portal: Portal | undefined,
  portals: readonly Portal[],
  ids: KnownIds | undefined,
): Diagnosis | undefined {
  const owners = ids?.applications.get(id) ?? [];
  const isUnknown = owners.length === 0;
  const isRight = portals.some((one) => one.clientId === id && (portal === undefined || portal === one));
  const declared = portal?.clientId;
  if (isRight || (isUnknown && declared === undefined)) return undefined;
  const asked = isUnknown ? `the application ${id}` : `the application of ${shortList(owners, MOST_NAMES)} (${id})`;
  const meant = portal === undefined ? 'that of a Restore Portal' : `that of the Restore Portal of ${portal.name}`;
  return {
    causes: [`the sign-in goes to ${asked}, which is not ${meant}${declared === undefined ? '' : ` (${declared})`}`],
    steps: [
      {
        command: null,
        what: `set the application id ${declared ?? "of Restore Portal's application"} in the settings of Restore Portal in VB365`,
      },
    ],
  };
}

interface Portal {
  readonly name: string;
  /** In lower case; undefined where a stack creates the application. */
  readonly clientId: string | undefined;
  readonly webAddress: string;
  readonly addresses: readonly string[];
}

function portalOf({ name, restorePortal }: InstallationConfiguration): Portal[] {
  if (restorePortal === undefined) return [];
  const { webAddress, application } = restorePortal;
  const spellings = webAddressSpellings(parseWebAddress(webAddress));
  const clientId = 'clientId' in application ? application.clientId.toLowerCase() : undefined;
  return [{ name, clientId, webAddress, addresses: [...spellings, ...application.additionalRedirectUris] }];
}
