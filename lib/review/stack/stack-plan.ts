import type {
  Configuration,
  DataCloudConfiguration,
  InstallationConfiguration,
  OrganizationConfiguration,
} from '../../config/configuration';
import type { KeystoreChanges } from '../keystore-changes';
import type { Generation } from '../../keystore/keystore';
import type { CertificateIndex } from './certificate-index';
import { objectOf, textOf } from '../../plan/json-values';
import type { Plan } from '../../plan/plan';
import { PlannedApplications } from './application';
import { type PlannedCredential, plannedCredentials } from './credential';
import { type PlannedInstallation, plannedInstallations } from './installation';
import { type PlannedInstaller, plannedInstallers } from './installer';
import {
  type Grant,
  grants,
  requestedPermissions,
  type RequestedPermissions,
  type RoleAssignment,
  roleAssignments,
} from './permissions';
import { type PlannedRedirectUris, plannedRedirectUris } from './redirect-uris';

/** Whom a stack serves, as the configuration says it. */
export type Owner =
  | { readonly kind: 'installation'; readonly configuration: InstallationConfiguration }
  | {
      readonly kind: 'organization';
      readonly configuration: OrganizationConfiguration;
      /** Version of the installation that backs it up. */
      readonly productVersion: string;
    }
  | { readonly kind: 'data-cloud'; readonly configuration: DataCloudConfiguration };

/** The branch into which a change goes, as it is now. */
export interface ReviewBase {
  /** `origin/main` */
  readonly name: string;
  /** Undefined where the branch has none. */
  readonly configuration: Configuration | undefined;
  /** What the keystore at hand has that the branch does not. */
  readonly changes: KeystoreChanges;
  /** Whether one of the branch's signers has opened the key of a generation that the branch has. @default never */
  readonly hasOpened?: (generation: Generation) => boolean;
}

/** What a review compares a plan with. */
export interface ReviewContext {
  /** Now. */
  readonly at: Date;
  /** Undefined where there is none: rules that compare with it have nothing to say. */
  readonly configuration: Configuration | undefined;
  /** What the protected branch says, which decides what counts; undefined where nobody has named one. */
  readonly base?: ReviewBase;
  /** Of the keystore; without one, it finds nothing. */
  readonly certificates: CertificateIndex;
}

/** A plan of one stack, in the words of certificates and applications. */
export interface StackPlan {
  /** Name of the stack: that of its owner, with `-consent` behind it where consent stands apart. */
  readonly stack: string;
  /** The name that the file or the folder of the plan bears. */
  readonly fileName: string;
  /** Undefined where the configuration does not know the stack. */
  readonly owner: Owner | undefined;
  /** What all the rest was read from. */
  readonly plan: Plan;
  /** Those that the stack makes or looks up, and to which of them other resources belong. */
  readonly applications: PlannedApplications;
  /** Key credentials, also those that stay as they are. */
  readonly credentials: readonly PlannedCredential[];
  /** Certificates that only the server uses, as `terraform_data` declare them. */
  readonly installations: readonly PlannedInstallation[];
  /** What runs `vb365 install` at the apply. */
  readonly installers: readonly PlannedInstaller[];
  /** What applications ask for, from `azuread_application_api_access` alone. */
  readonly requested: readonly RequestedPermissions[];
  /** Admin consent; directory roles stand apart. */
  readonly grants: readonly Grant[];
  /** Directory roles that are given to applications. */
  readonly roleAssignments: readonly RoleAssignment[];
  /** One entry for each platform of an application that has any. */
  readonly redirectUris: readonly PlannedRedirectUris[];
}

/**
 * Reads what a plan means; nothing is judged yet.
 *
 * @param fallbackName name of the stack where the plan does not tell it, as one of other constructs
 */
export function stackPlan(plan: Plan, fallbackName: string, context: ReviewContext): StackPlan {
  const stack = nameOf(plan) ?? fallbackName;
  const owner = ownerOfStack(context.configuration, stack);
  const ownerName = owner?.configuration.name ?? withoutConsent(stack);
  const applications = new PlannedApplications(plan);
  return {
    stack,
    fileName: fallbackName,
    owner,
    plan,
    applications,
    credentials: plannedCredentials(plan, applications, context.certificates, ownerName),
    installations: plannedInstallations(plan),
    installers: plannedInstallers(plan),
    requested: requestedPermissions(plan, applications),
    grants: grants(plan, applications),
    roleAssignments: roleAssignments(plan, applications),
    redirectUris: plannedRedirectUris(plan, applications),
  };
}

/** Where the applications of a stack are registered; each undefined where the plan does not tell it. */
export interface Registration {
  readonly stack: string | undefined;
  readonly tenant: string | undefined;
  readonly region: string | undefined;
}

/** What the output `entra` of a stack says, before and after. */
export function registration(plan: Plan): { readonly before: Registration; readonly after: Registration } {
  const output = plan.outputs.find(({ name }) => name === 'entra');
  return { before: readRegistration(output?.before), after: readRegistration(output?.after) };
}

function readRegistration(value: unknown): Registration {
  const { stack, tenant, region } = objectOf(value);
  // Ids are the same in either case.
  return { stack: textOf(stack), tenant: textOf(tenant)?.toLowerCase(), region: textOf(region) };
}

/** What no stack of ours is called, and nobody would put into a command, is no name. */
function nameOf(plan: Plan): string | undefined {
  const { after, before } = registration(plan);
  const name = after.stack ?? before.stack;
  return name !== undefined && STACK_NAME.test(name) ? name : undefined;
}

/** Names of the configuration have lower-case letters, digits and hyphens; those of other constructs may have a little more. */
const STACK_NAME = /^[A-Za-z0-9][\w.-]{0,127}$/;

/** Of the stack of that name: an owner may be named as the consent of another one would be. */
export function ownerOfStack(configuration: Configuration | undefined, stack: string): Owner | undefined {
  return ownerOf(configuration, stack) ?? ownerOf(configuration, withoutConsent(stack));
}

function withoutConsent(stack: string): string {
  return stack.replace(/-consent$/, '');
}

function ownerOf(configuration: Configuration | undefined, name: string): Owner | undefined {
  if (configuration === undefined) return undefined;
  const { dataCloud, installations, organizations } = configuration;
  const installation = installations.find((owner) => owner.name === name);
  if (installation) return { kind: 'installation', configuration: installation };
  const organization = organizations.find((owner) => owner.name === name);
  if (organization) {
    const backedUpBy = installations.find((owner) => owner.name === organization.installation);
    return { kind: 'organization', configuration: organization, productVersion: backedUpBy?.productVersion ?? '' };
  }
  const cloud = dataCloud.find((owner) => owner.name === name);
  return cloud && { kind: 'data-cloud', configuration: cloud };
}
