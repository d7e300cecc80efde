import type { Graph } from '@viz-js/viz' with { 'resolution-mode': 'import' };
import type { RoleId } from '../catalogue/roles';
import type { InstallationConfiguration, ProxyConfiguration } from '../config/configuration';
import { applicationParts, MICROSOFT_365 } from './application-graph';
import { above, arrow, type GraphParts, joined, machine, place, type Place, secured } from './graph-parts';
import type { Report, ReportLineage } from './report-model';
import { counted } from '../words/counted';

/** Proxies of a kind that are drawn one by one. */
const MOST_PROXIES = 6;

const SERVER = 'server';
const REST_API = 'rest-api';
const PORTAL = 'restore-portal';
const DATA_CLOUD = 'data-cloud';

const GRAPH_ATTRIBUTES = { rankdir: 'LR', bgcolor: 'transparent', nodesep: 0.16, ranksep: 0.28, pad: 0.1 } as const;
/** The widest of the fonts that a browser may take: in any other, a text has more room than it needs. */
const FONT = { fontname: 'DejaVu Sans', fontsize: 11 } as const;

/** An installation, what belongs to it, and the certificate between each two parts. */
export function installationGraph(report: Report, installation: InstallationConfiguration): Graph {
  const { name } = installation;
  const { configuration, lineages } = report;
  const own = new Map(
    lineages.filter(({ declaration }) => declaration.owner === name).map((one) => [one.declaration.role, one] as const),
  );
  const backedUp = new Set(
    configuration.organizations.filter((one) => one.installation === name).map((organization) => organization.name),
  );
  const ofOrganizations = lineages.filter(({ declaration }) => backedUp.has(declaration.owner));
  const needsCloud = ofOrganizations.length > 0 || own.has('restore-portal');
  return graphOf([
    machineParts(installation),
    restParts(own, installation),
    portalParts(own, installation),
    signInParts(own, 'restore-operator-authentication', { id: 'operators', title: 'Restore operators' }),
    signInParts(own, 'tenant-authentication', { id: 'tenants', title: 'Tenants', detail: 'of the service provider' }),
    proxyParts(own, installation.proxies),
    applicationParts(configuration, SERVER, ofOrganizations),
    needsCloud ? microsoft365() : {},
  ]);
}

/** Veeam Data Cloud: another product, without a server of one's own. */
export function dataCloudGraph({ configuration, lineages }: Report): Graph {
  const ofDataCloud = lineages.filter(({ declaration }) => declaration.role === 'data-cloud');
  return graphOf([
    { nodes: [place({ id: DATA_CLOUD, title: 'Veeam Data Cloud', detail: 'for Microsoft 365', kind: 'cloud' })] },
    applicationParts(configuration, DATA_CLOUD, ofDataCloud),
    microsoft365(),
  ]);
}

type OwnLineages = ReadonlyMap<RoleId, ReportLineage>;

function graphOf(parts: readonly GraphParts[]): Graph {
  const { nodes, edges, subgraphs } = joined(parts);
  return {
    directed: true,
    graphAttributes: { ...GRAPH_ATTRIBUTES, ...FONT },
    nodeAttributes: { ...FONT, shape: 'box', style: 'rounded', margin: '0.16,0.06', height: 0.3 },
    edgeAttributes: { ...FONT, fontsize: 10, arrowsize: 0.6 },
    nodes: [...nodes],
    edges: [...edges],
    subgraphs: [...subgraphs],
  };
}

function microsoft365(): GraphParts {
  return { nodes: [place({ id: MICROSOFT_365, title: 'Microsoft 365', kind: 'cloud' })] };
}

/** The server and the REST API; what they share is a machine, and framed. */
function machineParts({ server, restApi, productVersion }: InstallationConfiguration): GraphParts {
  const isShared = restApi?.hostName === server.hostName;
  const on = (hostName: string, detail: string): string => (isShared ? detail : `${hostName}, ${detail}`);
  const nodes = [
    place({ id: SERVER, title: 'VB365 server', detail: on(server.hostName, `version ${productVersion}`) }),
    ...(restApi === undefined
      ? []
      : [place({ id: REST_API, title: 'REST API', detail: on(restApi.hostName, `port ${restApi.port}`) })]),
  ];
  return isShared ? { subgraphs: [machine(server.hostName, nodes)] } : { nodes };
}

function restParts(own: OwnLineages, { restApi }: InstallationConfiguration): GraphParts {
  const lineage = own.get('rest-api');
  return restApi === undefined || lineage === undefined ? {} : secured(REST_API, lineage, [SERVER]);
}

function portalParts(own: OwnLineages, { server, restorePortal, restApi }: InstallationConfiguration): GraphParts {
  const lineage = own.get('restore-portal');
  if (restorePortal === undefined || lineage === undefined) return {};
  const { application, webAddress } = restorePortal;
  const title =
    'displayName' in application ? application.displayName : `Application ${application.clientId.slice(0, 8)}`;
  const isMultiTenant = 'multiTenant' in application && application.multiTenant;
  const id = 'application of Restore Portal';
  return joined([
    { nodes: [place({ id: PORTAL, title: 'Restore Portal', detail: webAddress.replace(/^https:\/\//, '') })] },
    secured(PORTAL, lineage, [id]),
    { nodes: [place({ id, title, detail: isMultiTenant ? 'multi-tenant' : 'sign-in to Restore Portal' })] },
    { edges: [arrow(id, MICROSOFT_365)] },
    restApi === undefined ? {} : portalToRest(restApi.hostName === server.hostName),
  ]);
}

/** Graphviz takes what is framed into no other row. */
function portalToRest(isFramed: boolean): GraphParts {
  return isFramed ? { edges: [arrow(PORTAL, REST_API)] } : above(PORTAL, REST_API);
}

function signInParts(own: OwnLineages, role: RoleId, people: Place): GraphParts {
  const lineage = own.get(role);
  if (lineage === undefined) return {};
  return joined([{ nodes: [place({ ...people, kind: 'people' })] }, secured(people.id, lineage, [SERVER])]);
}

/** Those that the server certificate secures, and the others, which need none. */
function proxyParts(own: OwnLineages, proxies: readonly ProxyConfiguration[]): GraphParts {
  const lineage = own.get('server');
  const inWorkgroup = proxies.filter((proxy) => proxy.os === 'windows' && proxy.membership === 'workgroup');
  const others = proxies.filter((proxy) => !inWorkgroup.includes(proxy));
  const [securedPlaces, otherPlaces] = [proxyPlaces(inWorkgroup, 'workgroup'), proxyPlaces(others, 'other')];
  return joined([
    { nodes: [...securedPlaces, ...otherPlaces].map(place) },
    lineage === undefined
      ? {}
      : secured(
          SERVER,
          lineage,
          securedPlaces.map(({ id }) => id),
        ),
    {
      edges: otherPlaces.map(({ id }) => ({ ...arrow(SERVER, id), attributes: { style: 'dashed', class: 'without' } })),
    },
  ]);
}

function proxyPlaces(proxies: readonly ProxyConfiguration[], kind: string): Place[] {
  const drawn = proxies.slice(0, proxies.length > MOST_PROXIES ? MOST_PROXIES - 1 : MOST_PROXIES);
  const left = proxies.length - drawn.length;
  return [
    ...drawn.map((proxy, index) => ({
      id: `proxy ${kind} ${index}`,
      title: proxy.hostName,
      detail: proxyDetail(proxy),
    })),
    ...(left === 0
      ? []
      : [{ id: `more proxies ${kind}`, title: counted(left, 'more proxy', 'more proxies'), kind: 'more' as const }]),
  ];
}

function proxyDetail(proxy: ProxyConfiguration): string {
  return proxy.os === 'linux' ? 'Linux proxy, over SSH' : `Windows proxy, ${proxy.membership}`;
}
