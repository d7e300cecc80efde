import { DAY } from '../../lib/words/days';
import { dataCloudGraph, installationGraph } from '../../lib/report/installation-graph';
import { type Report, reportOf } from '../../lib/report/report-model';
import { timeLineOf, timeSpan } from '../../lib/report/time-line-model';
import { madeUpReport, REPORTED_AT } from '../support/made-up-report';

/** What the time line shows of an installation whose lineages all have so many days left. */
function stretchesAt(daysLeft: number | null): [kind: string, from: number, to: number][] {
  const [lineage] = reportOf(madeUpReport(0, () => daysLeft)).lineages;
  const lineages = lineage === undefined ? [] : [lineage];
  const { stretches } = timeLineOf(lineages, REPORTED_AT, timeSpan(lineages, REPORTED_AT));
  const days = (date: Date): number => Math.round((date.getTime() - REPORTED_AT.getTime()) / DAY);
  return stretches.map(({ kind, from, to }) => [kind, days(from), days(to)]);
}

describe('timeLineOf', () => {
  it.each([
    [
      'what is valid, and its renewal window',
      100,
      [
        ['valid', -265, 70],
        ['window', 70, 100],
      ],
    ],
    [
      'what is to be renewed',
      12,
      [
        ['valid', -353, -18],
        ['window', -18, 12],
      ],
    ],
    [
      'what has expired, and the time since',
      -3,
      [
        ['expired', -368, -3],
        ['outage', -3, 0],
      ],
    ],
    ['what is missing from now on', null, [['outage', 0, 110]]],
    [
      'what is not valid yet',
      400,
      [
        ['not-yet-valid', 35, 370],
        ['window', 370, 400],
      ],
    ],
    ['nothing that begins after the span', 4_000, []],
  ])('shows %s', (_, daysLeft, expected) => {
    expect(stretchesAt(daysLeft)).toEqual(expected);
  });

  it('shows superseded certificates behind the current one, and from when they may be retired', () => {
    const { lineages } = reportOf(madeUpReport(0, () => 100));
    const { stretches, retirements } = timeLineOf(lineages, REPORTED_AT, timeSpan(lineages, REPORTED_AT));
    const old = stretches.filter(({ kind }) => kind === 'superseded');
    expect(old.map(({ lineage, age }) => [lineage, age])).toEqual([['primary/restore-portal', 1]]);
    // The successor has been valid for 265 days, and fourteen of them are the overlap.
    expect(retirements.map(({ at }) => (at.getTime() - REPORTED_AT.getTime()) / DAY)).toEqual([-251]);
  });

  it('shows that a superseded certificate may be retired as soon as it has ended, before the overlap has', () => {
    const [lineage] = reportOf(madeUpReport(0, () => 100)).lineages.filter(({ rows }) => rows.length > 1);
    const [current, old] = lineage?.rows ?? [];
    const notAfter = new Date(Date.parse(current!.notBefore!) + 3 * DAY).toISOString();
    const lineages = [{ ...lineage!, rows: [current!, { ...old!, notAfter }] }];
    const { retirements } = timeLineOf(lineages, REPORTED_AT, timeSpan(lineages, REPORTED_AT));
    expect(retirements.map(({ at }) => at.toISOString())).toEqual([notAfter]);
  });
});

describe('installationGraph', () => {
  function namesOf(report: Report): string[] {
    const [installation] = report.configuration.installations;
    if (installation === undefined) return [];
    const { nodes = [] } = installationGraph(report, installation);
    return nodes.map(({ name }) => name);
  }

  it('puts each certificate between what it secures', () => {
    const report = reportOf(madeUpReport(1));
    const [installation] = report.configuration.installations;
    const { edges = [] } = installationGraph(report, installation!);
    const joined = edges.map(({ tail, head }) => `${tail} > ${head}`);
    expect(joined).toEqual(
      expect.arrayContaining([
        'rest-api > certificate primary/rest-api',
        'certificate primary/rest-api > server',
        'server > certificate primary/server',
        'certificate primary/server > proxy workgroup 0',
        'server > proxy other 0',
        'server > certificate organization-0001/entra-application',
        'certificate organization-0001/entra-application > application organization-0001/entra-application',
        'application organization-0001/entra-application > microsoft-365',
      ]),
    );
  });

  it('draws at most twelve certificates of organizations, those that need attention first, and counts the others', () => {
    const report = reportOf(madeUpReport(1_000));
    const drawn = namesOf(report).filter((name) => name.startsWith('certificate organization-'));
    expect(drawn).toHaveLength(12);
    expect(drawn).toContain('certificate organization-0971/entra-application');
    expect(namesOf(report)).toContain('others of server');
    expect(namesOf(reportOf(madeUpReport(10)))).not.toContain('others of server');
  });

  it('keeps Veeam Data Cloud apart', () => {
    const report = reportOf(madeUpReport(1));
    expect(namesOf(report).join()).not.toContain('fabrikam');
    const { nodes = [] } = dataCloudGraph(report);
    expect(nodes.map(({ name }) => name)).toContain('certificate fabrikam/data-cloud');
  });

  it('takes a text of a label by its letters', () => {
    const { configuration, ...input } = madeUpReport(1);
    const organizations = configuration.organizations.map((one) => ({
      ...one,
      application: { displayName: 'R&D\\N &lt;b&gt;' },
    }));
    const report = reportOf({ ...input, configuration: { ...configuration, organizations } });
    const [installation] = configuration.installations;
    const { nodes = [] } = installationGraph(report, installation!);
    const application = nodes.find(({ name }) => name === 'application organization-0001/entra-application');
    expect(application?.attributes?.label).toBe(
      'R&amp;D\\\\N &amp;lt;b&amp;gt;\norganization-0001: exchange, sharepoint',
    );
  });
});
