import { createColors } from 'picocolors';
import {
  type ScenarioCertificate,
  type ScenarioCoverage,
  type ScenarioRow,
  troubledCertificates,
} from '../../lib/lifecycle/scenarios';
import { shortList } from '../../lib/words/lists';
import { plainTable, type TableStyle } from './plain-table';

/** What needs attention first. */
const ORDER: readonly ScenarioCoverage[] = ['not-covered', 'at-risk', 'covered', 'not-used'];

/** As many certificates as are named one by one; an installation may back up a thousand organizations. */
const MOST_NAMED = 3;

/** The table of `vb365 status --scenarios`: by coverage, and otherwise in the order of the configuration. */
export function scenarioTable(rows: readonly ScenarioRow[], { colour, width }: TableStyle): string {
  const paint = painters(colour);
  return plainTable({
    head: ['installation', 'scenario', 'coverage', 'certificates', 'breaks'],
    width,
    rows: [...rows]
      .sort(byCoverage)
      .map((row) => [
        row.installation,
        row.scenario,
        paint[row.coverage](row.coverage),
        certificatesOf(row),
        isTroubled(row) ? row.breaks : '-',
      ]),
  });
}

/** `8 scenarios: 1 not-covered, 5 covered, 2 not-used`, in the same order. */
export function scenarioSummary(rows: readonly ScenarioRow[]): string {
  const counts = ORDER.map((coverage) => ({ coverage, count: rows.filter((row) => row.coverage === coverage).length }));
  const said = counts.filter(({ count }) => count > 0).map(({ coverage, count }) => `${count} ${coverage}`);
  return `${rows.length} scenarios: ${said.join(', ')}`;
}

/** Those that need attention, of how many; where none does, all of them. */
function certificatesOf(row: ScenarioRow): string {
  const { certificates } = row;
  const troubled = troubledCertificates(row);
  if (certificates.length === 0) return '-';
  if (troubled.length === 0) return named(certificates, ({ lineage, generation }) => `${lineage} ${generation ?? ''}`);
  const part = certificates.length === 1 ? '' : `${troubled.length} of ${certificates.length}: `;
  return part + named(troubled, standingOf);
}

function standingOf({ lineage, state, coveredUntil }: ScenarioCertificate): string {
  const until = coveredUntil === null ? '' : ` (the one before it works to ${coveredUntil.slice(0, 10)})`;
  return `${lineage} ${STATES[state] ?? state}${until}`;
}

const STATES: Readonly<Partial<Record<ScenarioCertificate['state'], string>>> = {
  renew: 'to be renewed',
  'not-yet-valid': 'not yet valid',
};

function named(
  certificates: readonly ScenarioCertificate[],
  name: (certificate: ScenarioCertificate) => string,
): string {
  return shortList(certificates.map(name), MOST_NAMED);
}

function isTroubled({ coverage }: ScenarioRow): boolean {
  return coverage === 'not-covered' || coverage === 'at-risk';
}

function byCoverage(one: ScenarioRow, other: ScenarioRow): number {
  return ORDER.indexOf(one.coverage) - ORDER.indexOf(other.coverage);
}

function painters(colour: boolean): Readonly<Record<ScenarioCoverage, (text: string) => string>> {
  const colours = createColors(colour);
  return { 'not-covered': colours.red, 'at-risk': colours.yellow, covered: colours.green, 'not-used': colours.dim };
}
