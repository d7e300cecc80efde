import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import type { StatusRow } from '../../../lib/lifecycle/status';
import { configurationOf, importedOrganization, removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

const KEYS = [
  'lineage',
  'owner',
  'role',
  'generation',
  'current',
  'thumbprint',
  'sha256',
  'subject',
  'notBefore',
  'notAfter',
  'daysLeft',
  'state',
  'serves',
];

/** Three lineages since 2026-06-01T12:00:00Z, 365 days; a fourth has none; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace(THREE_LINEAGES + importedOrganization('northwind'));
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
});

afterAll(removeWorkplaces);

async function rowsAt(at: string, workplace = done): Promise<StatusRow[]> {
  const { stdout } = await workplace.run(['status', '--json', '--at', at]);
  return JSON.parse(stdout) as StatusRow[];
}

describe('vb365 status --json', () => {
  it('prints an array in the order of the configuration, each row with the same keys', async () => {
    const rows = await rowsAt('2026-07-01');
    expect(rows.map(({ lineage }) => lineage)).toEqual([
      'primary/rest-api',
      'primary/restore-operator-authentication',
      'contoso/entra-application',
      'northwind/entra-application',
    ]);
    for (const row of rows) expect(Object.keys(row)).toEqual(KEYS);
  });

  it('tells of a certificate what an inventory needs', async () => {
    const [row] = await rowsAt('2026-07-01');
    expect(row).toEqual({
      lineage: 'primary/rest-api',
      owner: 'primary',
      role: 'rest-api',
      generation: '0001',
      current: true,
      thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) as string,
      sha256: expect.stringMatching(/^[0-9A-F]{64}$/) as string,
      subject: 'CN=vb365.example.com',
      notBefore: '2026-06-01T11:00:00Z',
      notAfter: '2027-06-01T12:00:00Z',
      daysLeft: 335,
      state: 'valid',
      serves: ['rest-api-on-server'],
    });
  });

  it('knows nothing of a certificate that is missing', async () => {
    expect((await rowsAt('2026-07-01'))[3]).toEqual({
      lineage: 'northwind/entra-application',
      owner: 'northwind',
      role: 'entra-application',
      generation: null,
      current: false,
      thumbprint: null,
      sha256: null,
      subject: null,
      notBefore: null,
      notAfter: null,
      daysLeft: null,
      state: 'missing',
      serves: ['organization'],
    });
  });

  it.each([
    ['2026-06-01T10:59:59Z', 'not-yet-valid', 365],
    ['2026-06-01T11:00:00Z', 'valid', 365],
    ['2027-05-02T11:59:59Z', 'valid', 30],
    ['2027-05-02T12:00:00Z', 'renew', 30],
    ['2027-06-01T12:00:00Z', 'renew', 0],
    ['2027-06-01T12:00:01Z', 'expired', -1],
  ])('at %s says %s, with %i days left', async (at, state, daysLeft) => {
    expect((await rowsAt(at))[0]).toMatchObject({ state, daysLeft });
  });

  it('shows an older generation as superseded, after the current one', async () => {
    const workplace = done.copy();
    renameSync(workplace.path('keystore/contoso/entra-application'), workplace.path('old'));
    await workplace.run(['issue', '--at', '2026-08-01']);
    const folder = 'keystore/contoso/entra-application';
    for (const suffix of ['.crt', '.key.age']) {
      renameSync(workplace.path(`${folder}/0001${suffix}`), workplace.path(`${folder}/0002${suffix}`));
      renameSync(workplace.path(`old/0001${suffix}`), workplace.path(`${folder}/0001${suffix}`));
    }
    const rows = (await rowsAt('2026-09-01', workplace)).filter(({ owner }) => owner === 'contoso');
    expect(rows.map(({ generation, current, state }) => [generation, current, state])).toEqual([
      ['0002', true, 'valid'],
      ['0001', false, 'superseded'],
    ]);
  });
});

describe('vb365 status', () => {
  it('shows what needs attention first, then what ends first', async () => {
    const { code, stdout, stderr } = await done.run(['status', '--at', '2026-07-01']);
    expect(code).toBe(1);
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^lineage +generation +state +days left +valid to +thumbprint +serves$/);
    expect(lines.map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ['northwind/entra-application', '-', 'missing', '-'],
      ['primary/rest-api', '0001', 'valid', '335'],
      ['primary/restore-operator-authentication', '0001', 'valid', '335'],
      ['contoso/entra-application', '0001', 'valid', '335'],
    ]);
    expect(stderr).toBe('4 lineages: 1 missing, 3 valid\n');
  });

  it('exits with 0 where nothing needs attention', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES);
    expect((await workplace.run(['status', '--at', '2026-07-01'])).code).toBe(0);
    expect((await workplace.run(['status', '--at', '2027-05-30'])).code).toBe(1);
  });

  it('writes nothing', async () => {
    const before = done.snapshot();
    await done.run(['status']);
    expect(done.snapshot()).toEqual(before);
  });

  it.each([
    ['a terminal', { isTTY: true }, true],
    ['a pipe', { isTTY: false }, false],
    ['a terminal with NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, false],
    ['a terminal with an empty NO_COLOR', { isTTY: true, env: { NO_COLOR: '' } }, true],
    ['a terminal without colours', { isTTY: true, env: { TERM: 'dumb' } }, false],
  ])('for %s has colours: %#', async (_, options, isColoured) => {
    const { stdout } = await done.run(['status', '--at', '2026-07-01'], options);
    expect(stdout.includes('\u001b[')).toBe(isColoured);
  });

  it('says once what is wrong with the keystore, and shows the other lineages', async () => {
    const workplace = done.copy();
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const { code, stdout, stderr } = await workplace.run(['status', '--at', '2026-07-01']);
    expect(code).toBe(1);
    expect(stderr.match(/keystore-certificate-unreadable/g)).toHaveLength(1);
    expect(stdout).toMatch(/^primary\/rest-api +- +damaged/m);
    expect(stdout).toMatch(/^contoso\/entra-application +0001 +valid/m);
  });

  it('shows the current certificate although an older one is damaged, and the lineage is neither published nor added to', async () => {
    const workplace = done.copy();
    const folder = 'keystore/primary/rest-api';
    for (const suffix of ['.crt', '.key.age']) {
      renameSync(workplace.path(`${folder}/0001${suffix}`), workplace.path(`${folder}/0002${suffix}`));
    }
    workplace.write(`${folder}/0001.crt`, '');
    const rows = await rowsAt('2026-07-01', workplace);
    expect(rows[0]).toMatchObject({ generation: '0002', state: 'damaged' });
  });

  it('advises about a lineage that the configuration no longer declares', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES.replaceAll('contoso', 'fabrikam'));
    rmSync(workplace.path('keystore/primary'), { recursive: true });
    const { stderr } = await workplace.run(['status', '--at', '2026-07-01']);
    expect(stderr).toContain('advice[lineage-undeclared] the keystore holds contoso/entra-application, which');
  });

  it('is content with a lineage too many', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES.slice(0, THREE_LINEAGES.indexOf('organizations:')));
    const { code, stderr } = await workplace.run(['status', '--at', '2026-07-01']);
    expect(code).toBe(0);
    expect(stderr).toContain('lineage-undeclared');
  });

  it('says so where nothing is declared', async () => {
    const { code, stdout, stderr } = await new Workplace('keystore: keystore\n').run(['status']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: 'The configuration asks for no certificate.\n',
    });
  });
});

describe('vb365 status --scenarios', () => {
  it('shows what is not covered first, which certificates that is, and what it breaks', async () => {
    const { code, stdout, stderr } = await done.run(['status', '--scenarios', '--at', '2026-07-01']);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['installation', 'scenario', 'coverage', 'certificates', 'breaks'],
      [
        'primary',
        'organization',
        'not-covered',
        '1 of 2: northwind/entra-application missing',
        'every backup and restore of the organization',
      ],
      ['primary', 'rest-api-on-server', 'covered', 'primary/rest-api 0001', '-'],
      ['primary', 'restore-operators', 'covered', 'primary/restore-operator-authentication 0001', '-'],
      ...['backup-applications', 'backup-proxy', 'rest-api-on-separate-machine', 'restore-portal', 'tenants'].map(
        (scenario) => ['primary', scenario, 'not-used', '-', '-'],
      ),
    ]);
    expect(stderr).toBe('8 scenarios: 1 not-covered, 2 covered, 5 not-used\n');
  });

  it.each([
    ['2026-07-01', 0, 'covered'],
    ['2027-05-20', 1, 'at-risk'],
    ['2027-06-02', 1, 'not-covered'],
  ])('at %s exits with %i: %s', async (at, expected, coverage) => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES);
    const { code, stdout } = await workplace.run(['status', '--scenarios', '--json', '--at', at]);
    const [row] = JSON.parse(stdout) as unknown[];
    expect(code).toBe(expected);
    expect(row).toMatchObject({
      installation: 'primary',
      scenario: 'organization',
      name: 'Managing Microsoft 365 organization',
      coverage,
      breaks: 'every backup and restore of the organization',
      certificates: [
        {
          lineage: 'contoso/entra-application',
          owner: 'contoso',
          generation: '0001',
          notAfter: '2027-06-01T12:00:00Z',
        },
      ],
    });
  });

  it('names a few of many', async () => {
    const workplace = new Workplace(configurationOf('a', 'b', 'c', 'd', 'e'));
    const { stdout } = await workplace.run(['status', '--scenarios']);
    expect(stdout).toContain(
      '5 of 5: a/entra-application missing, b/entra-application missing, c/entra-application missing and 2 more',
    );
  });

  it('says so where no installation is declared', async () => {
    const { code, stderr } = await new Workplace('keystore: keystore\n').run(['status', '--scenarios']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'The configuration declares no installation, and so no usage scenario.\n',
    });
  });
});

describe('vb365 status --ics', () => {
  it('writes a calendar that is the same on any day, and shows the table as well', async () => {
    const workplace = done.copy();
    const first = await workplace.run(['status', '--ics', 'calendar/dates.ics', '--at', '2026-07-01']);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/^primary\/rest-api /m);
    expect(first.stderr).toContain(
      'The calendar is in calendar/dates.ics; it has no dates of 1 lineage without a certificate.\n',
    );
    const calendar = workplace.read('calendar/dates.ics');
    expect(calendar).toContain('UID:renew-2027-05-03@vb365.example.com\r\n');
    const before = workplace.snapshot();
    await workplace.run(['status', '--ics', 'calendar/dates.ics', '--at', '2026-08-01']);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('replaces its predecessor, and no other file unless it is forced to', async () => {
    const workplace = done.copy();
    await workplace.run(['status', '--ics', 'dates.ics']);
    const calendar = workplace.read('dates.ics');
    workplace.write('dates.ics', calendar.replace('20270502', '20270501'));
    await workplace.run(['status', '--ics', 'dates.ics']);
    expect(workplace.read('dates.ics')).toBe(calendar);

    workplace.write('dates.ics', 'appointments');
    const { code, stderr } = await workplace.run(['status', '--ics', 'dates.ics']);
    expect(code).toBe(2);
    expect(stderr).toContain('error[output-exists] there is a file dates.ics already\n');
    expect(workplace.read('dates.ics')).toBe('appointments');
    await workplace.run(['status', '--ics', 'dates.ics', '--force']);
    expect(workplace.read('dates.ics')).toBe(calendar);
  });

  it('prints the calendar, and nothing else, where the file is -', async () => {
    const { code, stdout, stderr } = await done.run(['status', '--ics', '-', '--at', '2026-07-01']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The calendar has no dates of 1 lineage without a certificate.\n',
    });
    expect(stdout).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*\r\nEND:VCALENDAR\r\n$/);
    expect(existsSync(done.path('-'))).toBe(false);
  });

  it.each([
    ['--force without --ics', ['--force'], 'give --ics'],
    ['--force with standard output', ['--ics', '-', '--force'], 'leave --force out'],
    ['--json and the calendar on standard output', ['--ics', '-', '--json'], 'name a file for the calendar'],
    ['--scenarios and the same', ['--ics', '-', '--scenarios'], 'name a file for the calendar'],
  ])('refuses %s', async (_, args, cure) => {
    const { code, stdout, stderr } = await done.run(['status', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error\[usage\] /);
    expect(stderr).toContain(cure);
  });

  it.each([
    ['a folder', (workplace: Workplace) => workplace.write('dates.ics/file', '')],
    [
      'a symbolic link',
      (workplace: Workplace) => {
        symlinkSync('vb365.yaml', workplace.path('dates.ics'));
      },
    ],
  ])('refuses to write where %s stands, forced or not', async (_, prepare) => {
    const workplace = new Workplace();
    prepare(workplace);
    const before = workplace.snapshot();
    for (const force of [[], ['--force']]) {
      const { code, stderr } = await workplace.run(['status', '--ics', 'dates.ics', ...force]);
      expect(code).toBe(2);
      expect(stderr).toContain('error[output-unwritable]');
    }
    expect(workplace.snapshot()).toEqual(before);
  });
});
