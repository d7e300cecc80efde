import { adjustableReviewRuleIds } from '../catalogue/review-rules';
import type { RoleId } from '../catalogue/roles';
import type {
  ApplicationConfiguration,
  CertificatePolicy,
  ConsentPlacement,
  DataCloudConfiguration,
  InstallationConfiguration,
  InstallConfiguration,
  OrganizationConfiguration,
  PortalApplicationConfiguration,
  RestorePortalConfiguration,
  ReviewConfiguration,
} from './configuration';
import type { InstallInput } from './schema/install';
import { mergePolicies } from './policy';
import type { PolicyInput } from './schema/policy';
import type { ReviewInput } from './schema/review';
import type {
  ApplicationInput,
  DataCloudInput,
  DeployIdentityInput,
  InstallationInput,
  OrganizationInput,
} from './schema/schema';

/** What holds for every owner that does not say otherwise. */
export interface General {
  readonly certificates: CertificatePolicy;
  readonly deployIdentity: DeployIdentityInput;
}

/** An installation with every default filled in. */
export function resolveInstallation(input: InstallationInput, general: General): InstallationConfiguration {
  const { name, productVersion, tenantId, region, server, proxies, authentication, restApi, install } = input;
  const certificates = mergePolicies(general.certificates, input.certificates);
  return {
    name,
    productVersion,
    tenantId,
    region,
    ...resolveDeployIdentity(input.deployIdentity, general),
    server,
    proxies,
    ...(restApi === undefined
      ? {}
      : { restApi: { hostName: restApi.hostName ?? server.hostName, port: restApi.port } }),
    ...(input.restorePortal === undefined ? {} : { restorePortal: resolvePortal(input.restorePortal) }),
    authentication,
    ...(install === undefined ? {} : { install: resolveInstall(install, server.hostName) }),
    certificates,
    roleCertificates: resolveRoles(input.certificates?.roles ?? {}, certificates),
  };
}

/** An organization with every default filled in. */
export function resolveOrganization(input: OrganizationInput, general: General): OrganizationConfiguration {
  // Where it has none, the sections have filled in the only one that is declared, or it has been complained about.
  const {
    name,
    installation = '',
    tenantId,
    region,
    services,
    purposes,
    application,
    backupApplications,
    install,
  } = input;
  return {
    name,
    installation,
    tenantId,
    region,
    ...resolveDeployIdentity(input.deployIdentity, general),
    services,
    purposes,
    application: resolveApplication(application, `VB365 ${name}`),
    backupApplications,
    consent: resolveConsent(input.consent, application),
    ...(install === undefined ? {} : { install }),
    certificates: mergePolicies(general.certificates, input.certificates),
  };
}

/** An organization of Veeam Data Cloud with every default filled in. */
export function resolveDataCloud(input: DataCloudInput, general: General): DataCloudConfiguration {
  const { name, tenantId, region, services, application } = input;
  return {
    name,
    tenantId,
    region,
    ...resolveDeployIdentity(input.deployIdentity, general),
    services,
    application: resolveApplication(application, `Veeam Data Cloud ${name}`),
    consent: resolveConsent(input.consent, application),
    certificates: mergePolicies(general.certificates, input.certificates),
  };
}

/** Severities of rules, in the order of the catalogue. */
export function resolveReview(input: ReviewInput | undefined): ReviewConfiguration {
  const given = adjustableReviewRuleIds.flatMap((id) => {
    const rule = input?.rules?.[id];
    return rule === undefined ? [] : [[id, rule] as const];
  });
  return { rules: Object.fromEntries(given) };
}

function resolveDeployIdentity(
  own: DeployIdentityInput,
  general: General,
): Pick<DataCloudConfiguration, 'deployIdentity'> {
  const identity = own ?? general.deployIdentity;
  return identity === undefined ? {} : { deployIdentity: identity };
}

function resolveInstall({ via, ssh }: InstallInput, server: string): InstallConfiguration {
  if (via === 'local') return { via };
  const { host = server, port, user } = ssh ?? {};
  return { via, ssh: { host, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) } };
}

function resolvePortal(input: NonNullable<InstallationInput['restorePortal']>): RestorePortalConfiguration {
  const { webAddress, application, consent } = input;
  return {
    webAddress,
    application: resolvePortalApplication(application),
    consent: resolveConsent(consent, application),
  };
}

function resolvePortalApplication(
  input: NonNullable<InstallationInput['restorePortal']>['application'],
): PortalApplicationConfiguration {
  const { clientId, displayName = 'VB365 Restore Portal', multiTenant = false, additionalRedirectUris } = input;
  return clientId === undefined
    ? { displayName, multiTenant, additionalRedirectUris }
    : { clientId, alreadyConsented: input.alreadyConsented ?? [], additionalRedirectUris };
}

function resolveApplication(input: ApplicationInput, defaultName: string): ApplicationConfiguration {
  const { clientId, displayName = defaultName, alreadyConsented = [] } = input;
  return clientId === undefined ? { displayName } : { clientId, alreadyConsented };
}

/** What is there already has its consent, or an administrator of another tenant gives it. */
function resolveConsent(
  consent: ConsentPlacement | undefined,
  application: { readonly clientId?: string | undefined },
): ConsentPlacement {
  return consent ?? (application.clientId === undefined ? 'same-stack' : 'none');
}

function resolveRoles(
  roles: NonNullable<NonNullable<InstallationInput['certificates']>['roles']>,
  own: CertificatePolicy,
): Partial<Record<RoleId, CertificatePolicy>> {
  const given = Object.entries(roles).filter(
    (entry): entry is [keyof typeof roles, PolicyInput] => entry[1] !== undefined,
  );
  return Object.fromEntries(given.map(([role, policy]) => [role, mergePolicies(own, policy)]));
}
