import { roles } from '../catalogue/roles';
import type { Configuration } from '../config/configuration';
import { type LineageDeclaration, lineagesOf } from '../config/lineages';
import type { Finding } from '../findings';
import { byAttention, type GenerationState, needsAttention } from '../lifecycle/states';
import type { StatusRow } from '../lifecycle/status';
import { groupBy } from '../words/lists';

export interface ReportInput {
  readonly configuration: Configuration;
  /** Of every lineage of the configuration, as `statusOf` makes them. */
  readonly rows: readonly StatusRow[];
  /** What else a person should know. */
  readonly findings: readonly Finding[];
  /** Lineages of which a request waits for its answer, and since which day; undefined where it does not say. */
  readonly requests: ReadonlyMap<string, string | undefined>;
  /** The moment that the report is about. */
  readonly at: Date;
}

export interface ReportLineage {
  readonly declaration: LineageDeclaration;
  /** The newest first; one row without a certificate where the lineage has none. */
  readonly rows: readonly StatusRow[];
  /** The row that says where the lineage stands. */
  readonly current: StatusRow;
}

/** Lineages that are shown together: an installation's own, or those of some organizations. */
export interface ReportGroup {
  /** Unique in a report; fit for an attribute `id`. */
  readonly id: string;
  readonly title: string;
  /** Whether the title names their only owner. */
  readonly isOfOwner: boolean;
  readonly lineages: readonly ReportLineage[];
}

export interface Report extends ReportInput {
  /** In the order of the configuration. */
  readonly lineages: readonly ReportLineage[];
  /** What needs attention, the worst first. */
  readonly attention: readonly ReportLineage[];
  readonly groups: readonly ReportGroup[];
  /** Rows of each state. */
  readonly counts: Readonly<Record<GenerationState, number>>;
}

/** Lineages of a group: as many as a person looks through, and a drawing of them still fits on a sheet or two. */
const GROUP_SIZE = 50;

/** Puts together what the parts of a report show. */
export function reportOf(input: ReportInput): Report {
  const lineages = lineagesWithRows(input);
  const attention = lineages
    .filter(({ current }) => needsAttention(current))
    .sort((one, other) => byAttention(one.current, other.current));
  return {
    ...input,
    lineages,
    attention,
    groups: groupsOf(input.configuration, lineages),
    counts: countStates(input.rows),
  };
}

/** The role in a few words: `REST API`, `Restore Portal`, `Entra application`, `Backup app 0a1b2c3d`. */
export function shortRole({ role, clientId }: LineageDeclaration): string {
  if (clientId !== undefined) return `Backup app ${clientId.slice(0, 8)}`;
  return roles[role].name
    .replace('Veeam Backup for Microsoft 365 server', 'Server')
    .replace('Microsoft Entra', 'Entra')
    .replace(/ certificate$/, '');
}

function countStates(rows: readonly StatusRow[]): Record<GenerationState, number> {
  const counts = {
    missing: 0,
    damaged: 0,
    expired: 0,
    'not-yet-valid': 0,
    unfit: 0,
    renew: 0,
    valid: 0,
    superseded: 0,
  };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

function lineagesWithRows({ configuration, rows }: ReportInput): ReportLineage[] {
  const byLineage = groupBy(rows, ({ lineage }) => lineage);
  return lineagesOf(configuration).flatMap((declaration) => {
    const own = byLineage.get(declaration.name) ?? [];
    const [current] = own;
    return current === undefined ? [] : [{ declaration, rows: own, current }];
  });
}

function groupsOf(configuration: Configuration, lineages: readonly ReportLineage[]): ReportGroup[] {
  const byOwner = groupBy(lineages, ({ declaration }) => declaration.owner);
  const of = (owners: readonly { readonly name: string }[]): ReportLineage[] =>
    owners
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => byOwner.get(name) ?? []);
  return [
    ...configuration.installations.flatMap((installation) => {
      const { name } = installation;
      const backedUp = configuration.organizations.filter((organization) => organization.installation === name);
      const own = of([installation]);
      return [
        ...(own.length === 0
          ? []
          : [{ id: `installation-${name}`, title: `Installation ${name}`, isOfOwner: true, lineages: own }]),
        ...chunked(`organizations-${name}`, `Organizations of ${name}`, of(backedUp)),
      ];
    }),
    ...chunked('data-cloud', 'Veeam Data Cloud', of(configuration.dataCloud)),
  ];
}

function chunked(id: string, title: string, lineages: readonly ReportLineage[]): ReportGroup[] {
  if (lineages.length === 0) return [];
  if (lineages.length <= GROUP_SIZE) return [{ id, title, isOfOwner: false, lineages }];
  return Array.from({ length: Math.ceil(lineages.length / GROUP_SIZE) }, (_, index) => {
    const part = lineages.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE);
    const owners = [...new Set([part[0], part.at(-1)].map((lineage) => lineage?.declaration.owner ?? ''))];
    const range = `${title}: ${owners.join(' to ')}`;
    return { id: `${id}.${index + 1}`, title: range, isOfOwner: false, lineages: part };
  });
}
