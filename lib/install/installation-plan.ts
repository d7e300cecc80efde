import { shown } from '../words/shown';
import { type CertificateStore, roles } from '../catalogue/roles';
import { regions } from '../catalogue/regions';
import type { Configuration, InstallationConfiguration } from '../config/configuration';
import type { LineageDeclaration } from '../config/lineages';
import { Vb365Error } from '../errors';
import type { RoleFacts } from './powershell/role-steps';
import type { SshTarget } from './transport/ssh-target';

/** How a certificate reaches the product. */
export const ways = ['local', 'ssh', 'rest', 'bundle'] as const;
/** `local`, `ssh`: PowerShell here or on the server. `rest`: the REST API. `bundle`: files that a person carries. */
export type Way = (typeof ways)[number];

/** What a person says instead of the configuration. */
export interface PlanOptions {
  /** @default what the configuration says under `install` */
  readonly via?: Way;
  /** Client id of the application that the certificate belongs to. @default what the configuration says, or the product */
  readonly clientId?: string;
}

/** Where and how the certificate of a lineage is installed. */
export interface InstallationPlan {
  /** The lineage, as the configuration asks for it. */
  readonly declaration: LineageDeclaration;
  /** The one that is given, else the one that is declared under `install`. */
  readonly way: Way;
  /** The VB365 server that takes it; undefined for Veeam Data Cloud. */
  readonly installation: InstallationConfiguration | undefined;
  /** For people: a host name, or Veeam Data Cloud. */
  readonly target: string;
  /** The server for the way `ssh`. */
  readonly ssh?: SshTarget;
  /** Of the application that the certificate belongs to; absent where there is none, or the product knows it. */
  readonly clientId?: string;
  /** What only a person can do, as a sentence that says why; undefined where a cmdlet does it. */
  readonly byHand?: string;
}

/**
 * How a lineage is installed: by the way that is given, or the one that is declared.
 *
 * @throws Vb365Error `install-way-missing` where neither says how; `install-way-unfit` where the way cannot do it
 */
export function planInstallation(
  configuration: Configuration,
  declaration: LineageDeclaration,
  options: PlanOptions = {},
): InstallationPlan {
  const organization = configuration.organizations.find(({ name }) => name === declaration.owner);
  const installationName = organization?.installation ?? declaration.owner;
  const installation = configuration.installations.find(({ name }) => name === installationName);
  const declaredWay = organization === undefined ? installation?.install?.via : organization.install?.via;
  const byHand = reasonByHand(declaration, installation);
  const way = options.via ?? (byHand === undefined ? declaredWay : undefined);
  if (way === undefined) throw wayMissing(declaration, byHand);
  refuseUnfit(declaration, way, byHand);
  const clientId = options.clientId ?? declaredClientId(configuration, declaration);
  return {
    declaration,
    way,
    installation,
    target: targetOf(declaration, installation),
    ...(way === 'ssh' && installation !== undefined && { ssh: sshTarget(installation) }),
    ...(clientId !== undefined && { clientId }),
    ...(byHand !== undefined && { byHand }),
  };
}

/**
 * The order in which several are installed: the REST API certificate last, because its service starts again with it, and
 * organizations are installed through that service.
 */
export function inOrder(plans: readonly InstallationPlan[]): InstallationPlan[] {
  const isRestApi = ({ declaration }: InstallationPlan): boolean => declaration.role === 'rest-api';
  return [...plans.filter((plan) => !isRestApi(plan)), ...plans.filter(isRestApi)];
}

/** What the script of the lineage has to know. @param thumbprints those of all generations of the lineage */
export function roleFactsOf(plan: InstallationPlan, thumbprints: readonly string[]): RoleFacts {
  const { declaration, installation, clientId } = plan;
  const { role } = declaration;
  const client = clientId === undefined ? {} : { clientId };
  switch (role) {
    case 'restore-portal': {
      const { webAddress = '' } = installation?.restorePortal ?? {};
      return { role, region: regions[installation?.region ?? 'worldwide'].veeamRegion, webAddress, ...client };
    }
    case 'entra-application':
      return declaration.clientId === undefined
        ? { role, thumbprints, ...client }
        : { role: 'backup-application', clientId: declaration.clientId };
    case 'data-cloud':
      throw unfit(declaration, plan.way, DATA_CLOUD, 'bundle');
    case 'server':
    case 'rest-api':
    case 'tenant-authentication':
    case 'restore-operator-authentication':
      return { role };
  }
}

/** Stores of the server that the script puts the certificate into. */
export function storesOf({ declaration }: InstallationPlan): readonly CertificateStore[] {
  return roles[declaration.role].stores;
}

/** The cmdlet or the REST path that installs it; undefined where a person does. */
export function meansOf({ declaration, way, byHand }: InstallationPlan): string | undefined {
  const role = roles[declaration.role];
  if (byHand !== undefined) return undefined;
  const { setCmdlet, restPath } = declaration.clientId === undefined ? role : (role.backupApplication ?? role);
  return way === 'rest' ? restPath && `PUT ${restPath}` : setCmdlet;
}

/** The separate REST API machine that must trust a self-signed certificate of the lineage; undefined where there is none. */
export function restMachineToTrust({ declaration, installation }: InstallationPlan): string | undefined {
  if (roles[declaration.role].storesOfRestMachine === undefined) return undefined;
  return installation !== undefined && isRestSeparate(installation) ? installation.restApi?.hostName : undefined;
}

const DATA_CLOUD = 'Veeam Data Cloud takes certificates on its own page only';

function isRestSeparate({ restApi, server }: InstallationConfiguration): boolean {
  return restApi !== undefined && restApi.hostName !== server.hostName;
}

/** Restore Portal lives where the REST API does, and that machine has a tool with windows only. */
function reasonByHand(declaration: LineageDeclaration, installation?: InstallationConfiguration): string | undefined {
  const { role } = declaration;
  if (role === 'data-cloud') return DATA_CLOUD;
  if (role !== 'rest-api' && role !== 'restore-portal') return undefined;
  if (installation === undefined || !isRestSeparate(installation)) return undefined;
  const host = installation.restApi?.hostName ?? '';
  return `${host} is a REST API machine of its own, for which there is no cmdlet`;
}

function targetOf(declaration: LineageDeclaration, installation?: InstallationConfiguration): string {
  if (installation === undefined) return 'Veeam Data Cloud';
  const isOfRest = declaration.role === 'rest-api' || declaration.role === 'restore-portal';
  return isOfRest ? (installation.restApi ?? installation.server).hostName : installation.server.hostName;
}

function sshTarget({ install, server }: InstallationConfiguration): SshTarget {
  return install?.via === 'ssh' ? install.ssh : { host: server.hostName };
}

function declaredClientId(configuration: Configuration, declaration: LineageDeclaration): string | undefined {
  if (declaration.clientId !== undefined) return declaration.clientId;
  const { installations, organizations, dataCloud } = configuration;
  const application =
    declaration.role === 'restore-portal'
      ? installations.find(({ name }) => name === declaration.owner)?.restorePortal?.application
      : [...organizations, ...dataCloud].find(({ name }) => name === declaration.owner)?.application;
  return application !== undefined && 'clientId' in application ? application.clientId : undefined;
}

function refuseUnfit(declaration: LineageDeclaration, way: Way, byHand: string | undefined): void {
  if (way === 'bundle') return;
  if (byHand !== undefined) throw unfit(declaration, way, byHand, 'bundle: its README says which buttons to press');
  const { name, setCmdlet, restPath } = roles[declaration.role];
  if (way !== 'rest' || restPath !== undefined) return;
  const why = `the REST API has no path for it; ${setCmdlet ?? 'a person'} installs the ${name}`;
  throw unfit(declaration, way, why, 'local, ssh or bundle');
}

function unfit({ name }: LineageDeclaration, way: Way, why: string, others: string): Vb365Error {
  return new Vb365Error('install-way-unfit', {
    subject: name,
    message: `${name} cannot be installed by the way ${shown(way)}: ${why}`,
    cure: `give --via ${others}`,
  });
}

function wayMissing({ name, role }: LineageDeclaration, byHand: string | undefined): Vb365Error {
  if (byHand !== undefined) {
    return new Vb365Error('install-way-missing', {
      subject: name,
      message: `${name} is installed by a person: ${byHand}`,
      cure: 'give --via bundle: its README says which buttons to press',
    });
  }
  const fit = ways.filter((way) => way !== 'rest' || roles[role].restPath !== undefined);
  return new Vb365Error('install-way-missing', {
    subject: name,
    message: `how ${name} is installed is not said: the configuration has nothing about it under "install"`,
    cure: `give --via with one of ${fit.join(', ')}, or declare install: { via: … }`,
  });
}
