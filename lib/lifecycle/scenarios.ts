import { roles } from '../catalogue/roles';
import { type UsageScenarioId, usageScenarios } from '../catalogue/usage-scenarios';
import type { Configuration } from '../config/configuration';
import { type GenerationState, needsAttention, type StatusRow } from './status';

/**
 * `covered`: each certificate that it needs is valid. `at-risk`: it works, and one of them is inside its renewal window.
 * `not-covered`: one of them is missing, expired or not yet valid. `not-used`: the configuration does not use the scenario.
 */
export type ScenarioCoverage = 'covered' | 'at-risk' | 'not-covered' | 'not-used';

/** The current certificate of a lineage that a scenario needs; null where there is none. */
export type ScenarioCertificate = Pick<
  StatusRow,
  'lineage' | 'owner' | 'generation' | 'thumbprint' | 'notAfter' | 'daysLeft' | 'state'
>;

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
 * @param rows of every lineage of the configuration, as `statusOf` makes them
 */
export function scenariosOf(configuration: Configuration, rows: readonly StatusRow[]): ScenarioRow[] {
  return configuration.installations.flatMap(({ name: installation }) => {
    const backedUp = configuration.organizations.filter((organization) => organization.installation === installation);
    const owners = new Set([installation, ...backedUp.map(({ name }) => name)]);
    const own = rows.filter((row) => isStanding(row) && owners.has(row.owner));
    return Object.values(usageScenarios).map(({ id: scenario, name, breaks }) => {
      const certificates = own.filter(({ serves }) => serves.includes(scenario)).map(certificateOf);
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

/** Superseded certificates serve nobody who has switched. */
function isStanding({ state }: StatusRow): boolean {
  return state !== 'superseded';
}

function coverageOf(certificates: readonly ScenarioCertificate[]): ScenarioCoverage {
  const states = new Set<GenerationState>(certificates.map(({ state }) => state));
  if (states.size === 0) return 'not-used';
  if (states.has('missing') || states.has('expired') || states.has('not-yet-valid')) return 'not-covered';
  return states.has('renew') ? 'at-risk' : 'covered';
}

function certificateOf(row: StatusRow): ScenarioCertificate {
  const { lineage, owner, generation, thumbprint, notAfter, daysLeft, state } = row;
  return { lineage, owner, generation, thumbprint, notAfter, daysLeft, state };
}
