import { parseWebAddress } from '../addresses/web-address';
import type { RoleId } from '../catalogue/roles';
import type { UsageScenarioId } from '../catalogue/usage-scenarios';
import type {
  ApplicationConfiguration,
  CertificatePolicy,
  Configuration,
  DataCloudConfiguration,
  InstallationConfiguration,
  OrganizationConfiguration,
} from './configuration';
import { backupApplicationSegment, lineageName } from '../catalogue/lineage-name';

/** A line of certificates that the configuration asks for. */
export interface LineageDeclaration {
  /** `<owner>/<role>`, or `<owner>/backup-application-<client id>`. */
  readonly name: string;
  /** Name of the installation, organization or Data Cloud organization. */
  readonly owner: string;
  /** `entra-application` also for a backup application. */
  readonly role: RoleId;
  /** That of the role where the installation has one for it, else the owner's. */
  readonly policy: CertificatePolicy;
  /** What a certificate of it says. */
  readonly profile: {
    readonly commonName: string;
    /** DNS host names and IPv4 addresses under which it is reached, without duplicates. */
    readonly hosts: readonly string[];
  };
  /** Usage scenarios that need it; none for Veeam Data Cloud, which is another product. */
  readonly serves: readonly UsageScenarioId[];
  /** The existing backup application that it belongs to. */
  readonly clientId?: string;
}

/** The lineages of a configuration, in the order of declaration: installations, organizations, Data Cloud. */
export function lineagesOf(configuration: Configuration): LineageDeclaration[] {
  return [
    ...configuration.installations.flatMap(installationLineages),
    ...configuration.organizations.flatMap(organizationLineages),
    ...configuration.dataCloud.map(dataCloudLineage),
  ];
}

function installationLineages(installation: InstallationConfiguration): LineageDeclaration[] {
  const { name: owner, server, restApi, restorePortal, authentication } = installation;
  const restHost = restApi?.hostName ?? server.hostName;
  const portalHost = restorePortal === undefined ? undefined : parseWebAddress(restorePortal.webAddress).hostName;
  const lineages: LineageDeclaration[] = [];
  const add = (
    role: RoleId,
    serves: readonly UsageScenarioId[],
    commonName: string,
    hosts: readonly (string | undefined)[],
  ): void => {
    const policy = installation.roleCertificates[role] ?? installation.certificates;
    lineages.push({
      name: lineageName(owner, role),
      owner,
      role,
      policy,
      serves,
      profile: { commonName, hosts: distinct(hosts) },
    });
  };
  if (needsServerCertificate(installation.proxies)) add('server', ['backup-proxy'], server.hostName, [server.hostName]);
  // Restore Portal uses the REST API certificate for restores, under its own address.
  if (restApi !== undefined) add('rest-api', restScenarios(installation), restHost, [restHost, portalHost]);
  if (restorePortal !== undefined) add('restore-portal', ['restore-portal'], portalName(installation), [portalHost]);
  const signInHosts = [server.hostName, restHost];
  if (authentication.tenants) add('tenant-authentication', ['tenants'], server.hostName, signInHosts);
  if (authentication.restoreOperators) {
    add('restore-operator-authentication', ['restore-operators'], server.hostName, signInHosts);
  }
  return lineages;
}

function restScenarios({ server, restApi, restorePortal }: InstallationConfiguration): UsageScenarioId[] {
  const isOnServer = restApi?.hostName === server.hostName;
  const machine = isOnServer ? 'rest-api-on-server' : 'rest-api-on-separate-machine';
  return restorePortal === undefined ? [machine] : [machine, 'restore-portal'];
}

/** The server certificate secures the connection to Windows proxies in a workgroup; Linux proxies are reached over SSH. */
export function needsServerCertificate(proxies: InstallationConfiguration['proxies']): boolean {
  return proxies.some((proxy) => proxy.os === 'windows' && proxy.membership === 'workgroup');
}

function organizationLineages(organization: OrganizationConfiguration): LineageDeclaration[] {
  const { name: owner, certificates: policy } = organization;
  const role: RoleId = 'entra-application';
  const otherwise = `VB365 ${owner}`;
  return [
    {
      name: lineageName(owner, role),
      owner,
      role,
      policy,
      serves: ['organization'],
      profile: applicationProfile(organization.application, otherwise),
    },
    ...organization.backupApplications.map(({ clientId }) => ({
      name: lineageName(owner, backupApplicationSegment(clientId)),
      owner,
      role,
      policy,
      serves: ['backup-applications' as const],
      profile: { commonName: otherwise, hosts: [] },
      clientId,
    })),
  ];
}

function dataCloudLineage(dataCloud: DataCloudConfiguration): LineageDeclaration {
  const { name: owner, certificates: policy } = dataCloud;
  const profile = applicationProfile(dataCloud.application, `Veeam Data Cloud ${owner}`);
  return { name: lineageName(owner, 'data-cloud'), owner, role: 'data-cloud', policy, serves: [], profile };
}

function applicationProfile(application: ApplicationConfiguration, otherwise: string): LineageDeclaration['profile'] {
  return { commonName: 'displayName' in application ? application.displayName : otherwise, hosts: [] };
}

function portalName({ name, restorePortal }: InstallationConfiguration): string {
  const application = restorePortal?.application;
  const isOwn = application !== undefined && 'displayName' in application;
  return `${isOwn ? application.displayName : 'VB365 Restore Portal'} ${name}`;
}

function distinct(hosts: readonly (string | undefined)[]): string[] {
  return [...new Set(hosts.filter((host) => host !== undefined))];
}
