import { usageScenarios } from '../../lib/catalogue/usage-scenarios';
import type { Configuration } from '../../lib/config/configuration';
import { lineagesOf } from '../../lib/config/lineages';
import { brokenWithout, type ScenarioRow, scenariosOf, troubledCertificates } from '../../lib/lifecycle/scenarios';
import type { GenerationState } from '../../lib/lifecycle/states';
import { type StatusRow, statusOf } from '../../lib/lifecycle/status';
import { configurationOf, contoso, fabrikam, primary } from '../support/configuration';
import { later, noon, selfSigned } from '../support/self-signed';

const DAY = 86_400;

/** The second was imported long before it becomes valid. */
const FUTURE = [selfSigned(), selfSigned({ notBefore: later(noon, 400 * DAY) })].map((certificate, index) => ({
  certificate,
  ...{ lineage: 'contoso/entra-application', number: index + 1, label: `000${index + 1}`, chain: [], accepted: [] },
  ...{ certificateFile: '', keyFile: undefined },
}));

const backup = '33333333-3333-4333-8333-333333333333';
const configuration = configurationOf({
  installations: [
    primary,
    { ...primary, name: 'second', proxies: [], authentication: { restoreOperators: false, tenants: false } },
  ],
  organizations: [
    contoso,
    { ...contoso, name: 'northwind', backupApplications: [{ clientId: backup }] },
    { ...contoso, name: 'tailspin', installation: 'second' },
  ],
  dataCloud: [fabrikam],
});

/** Every lineage in the same state, but those that are named. */
function rowsOf(
  states: Readonly<Record<string, GenerationState>> = {},
  of: Configuration = configuration,
): StatusRow[] {
  return lineagesOf(of).flatMap((declaration) => {
    const [row] = statusOf(declaration, [], noon) as [StatusRow];
    return [
      { ...row, state: states[row.lineage] ?? 'valid' },
      { ...row, state: 'superseded' as const },
    ];
  });
}

function coverageOf(rows: readonly ScenarioRow[], installation: string): Record<string, string> {
  const own = rows.filter((row) => row.installation === installation);
  return Object.fromEntries(own.map(({ scenario, coverage }) => [scenario, coverage]));
}

describe('scenariosOf', () => {
  it('shows the eight scenarios of each installation, in the order of the documentation', () => {
    const rows = scenariosOf(configuration, rowsOf(), noon);
    const ids = Object.keys(usageScenarios);
    expect(rows.map(({ installation, scenario }) => `${installation} ${scenario}`)).toEqual(
      ['primary', 'second'].flatMap((installation) => ids.map((id) => `${installation} ${id}`)),
    );
  });

  it('tells what is covered from what is not used', () => {
    const rows = scenariosOf(configuration, rowsOf(), noon);
    expect(coverageOf(rows, 'primary')).toEqual({
      organization: 'covered',
      'backup-applications': 'covered',
      'backup-proxy': 'covered',
      'rest-api-on-server': 'covered',
      'rest-api-on-separate-machine': 'not-used',
      'restore-portal': 'covered',
      'restore-operators': 'covered',
      tenants: 'covered',
    });
    expect(coverageOf(rows, 'second')).toMatchObject({
      organization: 'covered',
      'backup-applications': 'not-used',
      'backup-proxy': 'not-used',
      'restore-operators': 'not-used',
      tenants: 'not-used',
    });
  });

  it('sums the organizations of an installation up, and leaves those of others and superseded ones out', () => {
    const [organization, applications] = scenariosOf(configuration, rowsOf(), noon);
    expect(organization?.certificates.map(({ lineage }) => lineage)).toEqual([
      'contoso/entra-application',
      'northwind/entra-application',
    ]);
    expect(applications?.certificates.map(({ lineage }) => lineage)).toEqual([
      `northwind/backup-application-${backup}`,
    ]);
  });

  it.each([
    ['missing', 'not-covered'],
    ['expired', 'not-covered'],
    ['not-yet-valid', 'not-covered'],
    ['renew', 'at-risk'],
    ['valid', 'covered'],
  ] as const)('where one of several certificates is %s, the scenario is %s', (state, coverage) => {
    const [row] = scenariosOf(configuration, rowsOf({ 'northwind/entra-application': state }), noon) as [ScenarioRow];
    expect(row.coverage).toBe(coverage);
    const troubled = troubledCertificates(row).map(({ lineage }) => lineage);
    expect(troubled).toEqual(state === 'valid' ? [] : ['northwind/entra-application']);
  });

  it.each([
    ['works still', noon, 'at-risk', '2027-06-01T12:00:00Z'],
    ['has expired', later(noon, 366 * DAY), 'not-covered', null],
    ['is not valid yet either', later(noon, -1), 'not-covered', null],
  ])('where the current one is not valid yet, and the one before it %s, it is %s', (_, at, coverage, until) => {
    const rows = lineagesOf(configuration).flatMap((declaration) =>
      declaration.owner === 'contoso' ? statusOf(declaration, FUTURE, at) : [],
    );
    const [row] = scenariosOf(configuration, rows, at) as [ScenarioRow];
    expect(row).toMatchObject({ coverage, certificates: [{ state: 'not-yet-valid', coveredUntil: until }] });
    expect(troubledCertificates(row)).toHaveLength(1);
  });

  it('takes the worst of several', () => {
    const states = { 'contoso/entra-application': 'missing', 'northwind/entra-application': 'renew' } as const;
    expect(scenariosOf(configuration, rowsOf(states), noon)[0]?.coverage).toBe('not-covered');
  });

  it('needs the REST API certificate for Restore Portal, too', () => {
    const rows = scenariosOf(configuration, rowsOf({ 'primary/rest-api': 'expired' }), noon);
    expect(coverageOf(rows, 'primary')).toMatchObject({
      'rest-api-on-server': 'not-covered',
      'restore-portal': 'not-covered',
      tenants: 'covered',
    });
    expect(coverageOf(rows, 'second')['restore-portal']).toBe('covered');
  });

  it('knows none of Veeam Data Cloud', () => {
    const alone = configurationOf({ dataCloud: [fabrikam] });
    expect(scenariosOf(alone, rowsOf({}, alone), noon)).toEqual([]);
  });
});

describe('brokenWithout', () => {
  it('says each consequence once, and for Veeam Data Cloud what the certificate secures', () => {
    expect(brokenWithout({ role: 'rest-api', serves: ['rest-api-on-server', 'rest-api-on-separate-machine'] })).toEqual(
      ['the REST API and the restores of Restore Portal'],
    );
    expect(brokenWithout({ role: 'data-cloud', serves: [] })).toEqual([
      'the sign-in of Veeam Data Cloud to Microsoft 365',
    ]);
  });
});
