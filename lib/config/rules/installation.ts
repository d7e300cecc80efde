import { MOST_REDIRECT_URIS, parseRedirectUri } from '../../addresses/redirect-uri';
import { parseWebAddress, webAddressSpellings } from '../../addresses/web-address';
import { shown } from '../../words/shown';
import type { CertificatePolicy, InstallationConfiguration } from '../configuration';
import { needsServerCertificate } from '../lineages';
import { mergePolicies } from '../policy';
import { reportPolicy } from './policy-report';
import type { Problem, Problems } from '../sections/problems';
import type { InstallationInput } from '../schema/schema';
import type { ValidKeys } from '../sections/section';
import type { InstallationSection } from '../sections/sections';
import type { KeyPath } from '../yaml/yaml-places';

/** Contradictions within one installation. */
export function checkInstallation(section: InstallationSection, general: CertificatePolicy, problems: Problems): void {
  const { valid, raw, source, path } = section;
  const add = (below: KeyPath, place: 'key' | 'value', problem: Problem): void => {
    problems.add(source, [...path, ...below], place, problem);
  };
  checkPortal(valid, 'restApi' in raw, add);
  checkProxies(valid.proxies ?? [], add);
  checkPolicies(section, general, problems);
  checkRoles(section, add);
}

type Add = (below: KeyPath, place: 'key' | 'value', problem: Problem) => void;

function checkPortal({ restorePortal, restApi }: ValidKeys<InstallationInput>, hasRestApi: boolean, add: Add): void {
  if (restorePortal === undefined) return;
  if (!hasRestApi) {
    add(['restorePortal'], 'key', {
      id: 'restore-portal-without-rest-api',
      message: 'Restore Portal is served by the REST API, which is not declared',
      cure: 'add restApi to the installation',
    });
  }
  const { port } = parseWebAddress(restorePortal.webAddress);
  if (restApi !== undefined && port !== restApi.port) {
    add(['restorePortal', 'webAddress'], 'value', {
      id: 'restore-portal-port-differs',
      message: `the port of ${restorePortal.webAddress} is not that of the REST API, ${restApi.port}; both must be the same`,
      cure: `write port ${restApi.port} in webAddress, or change restApi.port`,
    });
  }
  const { application, webAddress } = restorePortal;
  const below = ['restorePortal', 'application'];
  if (application.clientId !== undefined && application.displayName !== undefined) {
    add([...below, 'displayName'], 'key', applicationTwice);
  }
  if (application.alreadyConsented !== undefined && application.clientId === undefined) {
    add([...below, 'alreadyConsented'], 'key', consentOfNewApplication);
  }
  if (application.clientId !== undefined && application.multiTenant !== undefined) {
    add([...below, 'multiTenant'], 'key', {
      id: 'multi-tenant-existing-application',
      message: 'multiTenant stands beside clientId, but who may sign in to an existing application is set in Entra',
      cure: 'remove multiTenant, and choose the supported account types in Entra',
    });
  }
  checkRedirectUris(webAddress, application.additionalRedirectUris, (index, problem) => {
    add([...below, 'additionalRedirectUris', ...index], 'value', problem);
  });
}

function checkRedirectUris(
  webAddress: string,
  additional: readonly string[],
  add: (index: KeyPath, problem: Problem) => void,
): void {
  const own = webAddressSpellings(parseWebAddress(webAddress)).map((uri) => parseRedirectUri(uri, 'spa'));
  for (const [index, uri] of additional.entries()) {
    if (!own.includes(uri)) continue;
    const message = `${shown(uri)} is the web address, which is registered anyway`;
    add([index], { id: 'redirect-uri-duplicate', message, cure: 'remove it' });
  }
  const count = own.length + additional.length;
  if (count <= MOST_REDIRECT_URIS) return;
  add([], {
    id: 'redirect-uri-too-many',
    message: `the application has ${count} redirect URIs with those of the web address; Entra allows ${MOST_REDIRECT_URIS}`,
    cure: 'remove those that nobody uses',
  });
}

/** An application is either created or there already. */
export const applicationTwice: Problem = {
  id: 'application-new-and-existing',
  message: 'displayName stands beside clientId; an application is created by its name, or found by its id',
  cure: 'keep displayName for a new application, clientId for an existing one',
};

/** Nobody has granted anything to an application that is not there. */
export const consentOfNewApplication: Problem = {
  id: 'consent-of-new-application',
  message: 'alreadyConsented is given for an application that is yet to be created',
  cure: 'remove it, or give the clientId of the existing application',
};

function checkProxies(proxies: InstallationConfiguration['proxies'], add: Add): void {
  for (const [index, { hostName }] of proxies.entries()) {
    if (proxies.findIndex((proxy) => proxy.hostName === hostName) === index) continue;
    add(['proxies', index, 'hostName'], 'value', {
      id: 'configuration-value-duplicate',
      message: `the proxy ${hostName} stands in the list twice`,
      cure: 'name it once',
    });
  }
}

function checkPolicies(
  { valid, source, path }: InstallationSection,
  general: CertificatePolicy,
  problems: Problems,
): void {
  const { certificates } = valid;
  if (certificates === undefined) return;
  const at = { source, path: [...path, 'certificates'], problems };
  const own = mergePolicies(general, certificates);
  reportPolicy(certificates, own, at);
  for (const [role, policy] of Object.entries(certificates.roles ?? {})) {
    if (policy === undefined) continue;
    reportPolicy(policy, mergePolicies(own, policy), { ...at, path: [...at.path, 'roles', role] });
  }
}

/** Policies of roles that the installation does not have. */
function checkRoles({ valid, raw }: InstallationSection, add: Add): void {
  const { authentication, proxies } = valid;
  const asked = Object.keys(valid.certificates?.roles ?? {});
  const isDeclared: Readonly<Record<string, boolean>> = {
    server: proxies === undefined || needsServerCertificate(proxies),
    'rest-api': 'restApi' in raw,
    'restore-portal': 'restorePortal' in raw,
    'tenant-authentication': authentication?.tenants ?? 'authentication' in raw,
    'restore-operator-authentication': authentication?.restoreOperators ?? 'authentication' in raw,
  };
  for (const role of asked) {
    if (isDeclared[role] !== false) continue;
    const message =
      role === 'server'
        ? 'a server certificate is asked for, but no Windows proxy in a workgroup is declared; Linux proxies are reached over SSH'
        : `a policy is given for ${role}, which the installation does not have`;
    const cure = role === 'server' ? 'remove it, or declare the Windows proxy' : 'remove it, or declare the part';
    add(['certificates', 'roles', role], 'key', { id: 'role-not-declared', message, cure });
  }
}
