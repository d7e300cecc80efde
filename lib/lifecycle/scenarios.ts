import { roles } from '../catalogue/roles';
import { type UsageScenarioId, usageScenarios } from '../catalogue/usage-scenarios';
import type { Configuration } from '../config/configuration';
import { formatInstant } from '../words/instant';
import { groupBy } from '../words/lists';
import { needsAttention } from './states';
import type { StatusRow } from './status';

/**
 * `covered`: each certificate that it needs is valid. `at-risk`: it works, and one of them is inside its renewal window, its
 * files are damaged, or it is not yet valid while one before it still is. `not-covered`: one of them is missing, unreadable,
 * expired, not yet valid, or not what the configuration asks for. `not-used`: the configuration does not use the scenario.
 */
export type ScenarioCoverage = 'covered' | 'at-risk' | 'not-covered' | 'not-used';

/** The current certificate of a lineage that a scenario needs; null where there is none. */
export interface ScenarioCertificate extends Pick<
  StatusRow,
  'lineage' | 'owner' | 'generation' | 'thumbprint' | 'notAfter' | 'daysLeft' | 'state'
> {
  /** RFC 3339: while it is not yet valid, the end of an earlier one that is valid and published; otherwise null. */
  readonly coveredUntil: string | null;
}

/** A usage scenario in one installation; the shape of `vb365 status --scenarios --json`. */
export interface ScenarioRow {
  /** Name of the installation. */
  readonly installation: string;
  readonly scenario: UsageScenarioId;
  /** Veeam's name of the scenario. */
  readonly name: string;
  readonly coverage: ScenarioCoverage;
  /** What no longer works without a valid certificate. */
  readonly breaks: string;
  /**
   * What it needs, in the order of the configuration: one for each organization or backup application that the installation
   * backs up, otherwise one or two; none where it is not used.
   */
  readonly certificates: readonly ScenarioCertificate[];
}

/**
 * The eight usage scenarios of each installation, in the order of the configuration and of Veeam's documentation.
 *
 * Veeam Data Cloud is another product and has none.
 *
 * @param rows of every lineage of the configuration, as `statusOf` makes them at the date
 */
export function scenariosOf(configuration: Configuration, rows: readonly StatusRow[], at: Date): ScenarioRow[] {
  const lineages = [...groupBy(rows, ({ lineage }) => lineage).values()].flatMap((own) => standing(own, at));
  return configuration.installations.flatMap(({ name: installation }) => {
    const backedUp = configuration.organizations.filter((organization) => organization.installation === installation);
    const owners = new Set([installation, ...backedUp.map(({ name }) => name)]);
    const own = lineages.filter(({ row }) => owners.has(row.owner));
    return Object.values(usageScenarios).map(({ id: scenario, name, breaks }) => {
      const serving = own.filter(({ row }) => row.serves.includes(scenario));
      const certificates = serving.map(({ certificate }) => certificate);
      return { installation, scenario, name, coverage: coverageOf(certificates), breaks, certificates };
    });
  });
}

/** The certificates of a scenario about which somebody has to do something. */
export function troubledCertificates({ certificates }: ScenarioRow): ScenarioCertificate[] {
  return certificates.filter(needsAttention);
}

/** What no longer works without the certificate of a lineage; each of them once. */
export function brokenWithout({ role, serves }: Pick<StatusRow, 'role' | 'serves'>): readonly string[] {
  const broken = serves.map((scenario) => usageScenarios[scenario].breaks);
  return broken.length === 0 ? [roles[role].secures] : [...new Set(broken)];
}

/** Where a lineage stands: superseded certificates serve nobody who has switched, and nobody switches before the time. */
function standing(rows: readonly StatusRow[], at: Date): { row: StatusRow; certificate: ScenarioCertificate }[] {
  const row = rows.find(({ state }) => state !== 'superseded');
  if (row === undefined) return [];
  const { lineage, owner, generation, thumbprint, notAfter, daysLeft, state } = row;
  const coveredUntil = state === 'not-yet-valid' ? endOfEarlier(rows, at) : null;
  return [{ row, certificate: { lineage, owner, generation, thumbprint, notAfter, daysLeft, state, coveredUntil } }];
}

/** RFC 3339: the latest end of the superseded certificates that are valid at a date; null where none is. */
function endOfEarlier(rows: readonly StatusRow[], at: Date): string | null {
  const now = formatInstant(at);
  const ends = rows.flatMap(({ state, notBefore, notAfter }) =>
    state === 'superseded' && notBefore !== null && notAfter !== null && notBefore <= now && now <= notAfter
      ? [notAfter]
      : [],
  );
  return ends.sort().at(-1) ?? null;
}

function coverageOf(certificates: readonly ScenarioCertificate[]): ScenarioCoverage {
  if (certificates.length === 0) return 'not-used';
  const troubled = certificates.filter(needsAttention);
  if (troubled.length === 0) return 'covered';
  return troubled.every(works) ? 'at-risk' : 'not-covered';
}

/** What is damaged in the keystore is in use all the same, as long as there is something to read. */
function works({ state, generation, coveredUntil }: ScenarioCertificate): boolean {
  return state === 'renew' || (state === 'damaged' && generation !== null) || coveredUntil !== null;
}
