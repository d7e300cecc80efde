import type {
  ApplicationConfiguration,
  Configuration,
  DataCloudConfiguration,
  OrganizationConfiguration,
} from '../config/configuration';
import { generationStates, needsAttention } from '../lifecycle/states';
import { arrow, type GraphParts, joined, place, secured } from './graph-parts';
import type { ReportLineage } from './report-model';
import { statesInWords } from './states';
import { counted } from '../words/counted';

/** Lineages that are drawn one by one, those that need attention first. */
const MOST_LINEAGES = 12;

export const MICROSOFT_365 = 'microsoft-365';

/**
 * The Entra applications of organizations, between whatever signs in to them and Microsoft 365.
 *
 * @param from id of the place that signs in
 * @param lineages of the applications
 */
export function applicationParts(
  configuration: Configuration,
  from: string,
  lineages: readonly ReportLineage[],
): GraphParts {
  const owners = new Map(
    [...configuration.organizations, ...configuration.dataCloud].map((owner) => [owner.name, owner] as const),
  );
  const drawn = drawnOneByOne(lineages);
  const chosen = new Set(drawn);
  const others = lineages.filter((lineage) => !chosen.has(lineage));
  return joined([
    ...drawn.map((lineage) => oneApplication(from, lineage, owners.get(lineage.declaration.owner))),
    ...(others.length === 0 ? [] : [otherApplications(from, others)]),
  ]);
}

/** In the order in which they are given. */
function drawnOneByOne(lineages: readonly ReportLineage[]): readonly ReportLineage[] {
  if (lineages.length <= MOST_LINEAGES) return lineages;
  const worst = generationStates.flatMap((state) => lineages.filter(({ current }) => current.state === state));
  const troubled = worst.filter(({ current }) => needsAttention(current)).slice(0, MOST_LINEAGES);
  const chosen = new Set(troubled.length > 0 ? troubled : lineages.slice(0, 3));
  return lineages.filter((lineage) => chosen.has(lineage));
}

function oneApplication(
  from: string,
  lineage: ReportLineage,
  owner: OrganizationConfiguration | DataCloudConfiguration | undefined,
): GraphParts {
  const { name, clientId } = lineage.declaration;
  const id = `application ${name}`;
  const title =
    clientId === undefined ? applicationTitle(owner?.application) : `Backup application ${clientId.slice(0, 8)}`;
  const detail = `${lineage.declaration.owner}: ${owner?.services.join(', ') ?? ''}`;
  const node = place({ id, title, detail });
  return joined([secured(from, lineage, [id]), { nodes: [node], edges: [arrow(id, MICROSOFT_365)] }]);
}

function applicationTitle(application: ApplicationConfiguration | undefined): string {
  if (application === undefined) return 'Entra application';
  return 'displayName' in application ? application.displayName : `Application ${application.clientId.slice(0, 8)}`;
}

function otherApplications(from: string, others: readonly ReportLineage[]): GraphParts {
  const id = `others of ${from}`;
  const detail = statesInWords(others.map(({ current }) => current));
  const title = counted(others.length, 'more certificate');
  return {
    nodes: [place({ id, title, detail, kind: 'more' })],
    edges: [arrow(from, id), arrow(id, MICROSOFT_365)],
  };
}
