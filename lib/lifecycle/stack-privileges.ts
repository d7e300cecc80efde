import {
  type EntraPrivilege,
  type EntraPrivilegeId,
  entraPrivileges,
  type PipelineIdentity,
  pipelinePrivileges,
} from '../catalogue/entra-privileges';
import {
  backupPermissions,
  dataCloudPermissions,
  directoryRolesFor,
  type Permission,
  portalPermissions,
} from '../catalogue/permissions';
import type {
  ApplicationConfiguration,
  Configuration,
  ConsentPlacement,
  DataCloudConfiguration,
  DeployIdentityConfiguration,
  InstallationConfiguration,
  OrganizationConfiguration,
  PortalApplicationConfiguration,
} from '../config/configuration';
import { Vb365Error } from '../errors';
import { shortList } from '../words/lists';
import { shown } from '../words/shown';

/** One thing that is done to a stack, and what it needs. */
export interface StackPrivilege extends EntraPrivilege {
  /** Name of the stack: that of its owner, with `-consent` behind it where consent stands apart. */
  readonly stack: string;
  readonly tenantId: string;
  readonly step: PipelineIdentity;
  readonly id: EntraPrivilegeId;
  /** Whether the table of the pipelines has it in the row of that step. */
  readonly inPipelinesTable: boolean;
}

/**
 * What plan, deploy and consent of each stack need in Entra, in the order of the configuration. Where consent is granted in the
 * stack of the application, the identity that deploys needs what grants. A stack without application needs nothing.
 *
 * @param names of stacks; all where there are none
 * @throws Vb365Error `stack-unknown`
 */
export function stackPrivileges(configuration: Configuration, names: readonly string[] = []): StackPrivilege[] {
  const stacks = stacksOf(configuration);
  const unknown = names.find((name) => !stacks.some(({ stack }) => stack === name));
  if (unknown !== undefined) throw stackUnknown(unknown, stacks);
  return stacks
    .filter(({ stack }) => names.length === 0 || names.includes(stack))
    .flatMap(({ stack, steps, tenantId }) =>
      (['plan', 'deploy', 'consent'] as const).flatMap((step) =>
        (steps[step] ?? []).map((id) => ({
          stack,
          tenantId,
          step,
          id,
          ...entraPrivileges[id],
          inPipelinesTable: pipelinePrivileges[step].includes(id),
        })),
      ),
    );
}

/** Application permissions of Microsoft Graph, each once, without those that a stronger one of them includes. */
export function permissionsFor(privileges: readonly EntraPrivilege[]): string[] {
  const names = new Set(privileges.flatMap(({ permissions }) => permissions));
  return [...names].filter((name) => !(INCLUDED[name] ?? []).some((stronger) => names.has(stronger))).sort();
}

/** Sources: the tables of the methods that the catalogue names. */
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  'Application.Read.All': ['Application.ReadWrite.All'],
  'Application.ReadWrite.OwnedBy': ['Application.ReadWrite.All'],
  'RoleManagement.Read.Directory': ['Directory.Read.All', 'RoleManagement.ReadWrite.Directory'],
};

interface Stack {
  readonly stack: string;
  readonly tenantId: string;
  readonly steps: Readonly<Partial<Record<PipelineIdentity, readonly EntraPrivilegeId[]>>>;
}

/** An application of an owner, and where its consent stands. */
interface Subject {
  readonly declared: ApplicationConfiguration | PortalApplicationConfiguration;
  readonly consent: ConsentPlacement;
  readonly permissions: readonly Permission[];
  /** Whether it offers a scope of its own, which is granted like others. */
  readonly hasScope: boolean;
  /** Whether certificates of auxiliary backup applications are published as well. */
  readonly adoptsOthers: boolean;
}

function stacksOf({ dataCloud, installations, organizations }: Configuration): Stack[] {
  const versions = new Map(installations.map(({ name, productVersion }) => [name, productVersion]));
  return [
    ...installations.flatMap((owner) => ownerStacks(owner, portalOf(owner))),
    ...organizations.flatMap((owner) =>
      ownerStacks(
        owner,
        applicationOf(owner, backupPermissions({ ...owner, productVersion: versions.get(owner.installation) ?? '' })),
      ),
    ),
    ...dataCloud.flatMap((owner) => ownerStacks(owner, applicationOf(owner, dataCloudPermissions(owner.services)))),
  ];
}

function portalOf({ restorePortal }: InstallationConfiguration): Subject | undefined {
  if (restorePortal === undefined) return undefined;
  const { application: declared, consent } = restorePortal;
  return {
    declared,
    consent,
    permissions: portalPermissions(),
    hasScope: !('clientId' in declared),
    adoptsOthers: false,
  };
}

function applicationOf(
  owner: OrganizationConfiguration | DataCloudConfiguration,
  permissions: readonly Permission[],
): Subject {
  const { application: declared, consent } = owner;
  const adoptsOthers = 'backupApplications' in owner && owner.backupApplications.length > 0;
  return { declared, consent, permissions, hasScope: false, adoptsOthers };
}

function ownerStacks(
  { deployIdentity, name, tenantId }: InstallationConfiguration | OrganizationConfiguration | DataCloudConfiguration,
  subject: Subject | undefined,
): Stack[] {
  if (subject === undefined) return [{ stack: name, tenantId, steps: {} }];
  const [granting, reading] = grantsOf(subject);
  const here = subject.consent === 'same-stack';
  const own: Stack = {
    stack: name,
    tenantId,
    steps: {
      plan: ['read-applications', ...(here ? reading : [])],
      deploy: ['read-applications', ...managing(subject, deployIdentity), ...(here ? granting : [])],
    },
  };
  if (subject.consent !== 'separate-stack') return [own];
  const steps = { plan: ['read-applications', ...reading], consent: ['read-applications', ...granting] } as const;
  return [own, { stack: `${name}-consent`, tenantId, steps }];
}

/** Whom the provider takes off the owners, and who adopts, changes what it does not own. */
function managing(
  { adoptsOthers, declared }: Subject,
  deployIdentity: DeployIdentityConfiguration | undefined,
): readonly EntraPrivilegeId[] {
  return adoptsOthers || 'clientId' in declared || deployIdentity === undefined ? ['manage-any'] : ['manage-owned'];
}

function grantsOf({ hasScope, permissions }: Subject): [granting: EntraPrivilegeId[], reading: EntraPrivilegeId[]] {
  const hasKind = (kind: Permission['kind']): boolean => permissions.some((permission) => permission.kind === kind);
  const isDelegated = hasKind('delegated') || hasScope;
  const hasRoles = directoryRolesFor(permissions).length > 0;
  return [
    [
      ...(hasKind('application') ? (['grant-application-permissions'] as const) : []),
      ...(isDelegated ? (['grant-delegated-permissions'] as const) : []),
      ...(hasRoles ? (['assign-directory-roles'] as const) : []),
    ],
    [
      ...(isDelegated ? (['read-delegated-grants'] as const) : []),
      ...(hasRoles ? (['read-directory-roles'] as const) : []),
    ],
  ];
}

function stackUnknown(name: string, stacks: readonly Stack[]): Vb365Error {
  const known = shortList(
    stacks.map(({ stack }) => stack),
    MOST_SHOWN,
  );
  return new Vb365Error('stack-unknown', {
    message: `the configuration makes no stack ${shown(name)}; it makes ${known === '' ? 'none' : known}`,
    cure: 'name one of them, or none for all: "vb365 permissions"',
  });
}

/** More would hide the message of the error. */
const MOST_SHOWN = 12;
