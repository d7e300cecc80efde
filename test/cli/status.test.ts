import { renameSync, rmSync } from 'node:fs';
import type { StatusRow } from '../../lib/lifecycle/status';
import { importedOrganization, removeWorkplaces, THREE_LINEAGES, Workplace } from '../support/cli';

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
    expect(stdout).toMatch(/^primary\/rest-api +- +missing/m);
    expect(stdout).toMatch(/^contoso\/entra-application +0001 +valid/m);
  });

  it('reads the current certificate although an older one is damaged', async () => {
    const workplace = done.copy();
    const folder = 'keystore/primary/rest-api';
    for (const suffix of ['.crt', '.key.age']) {
      renameSync(workplace.path(`${folder}/0001${suffix}`), workplace.path(`${folder}/0002${suffix}`));
    }
    workplace.write(`${folder}/0001.crt`, '');
    const rows = await rowsAt('2026-07-01', workplace);
    expect(rows[0]).toMatchObject({ generation: '0002', state: 'valid' });
  });

  it('advises about a lineage that the configuration no longer declares', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES.replaceAll('contoso', 'fabrikam'));
    rmSync(workplace.path('keystore/primary'), { recursive: true });
    const { stderr } = await workplace.run(['status', '--at', '2026-07-01']);
    expect(stderr).toContain('advice[lineage-undeclared] the keystore holds contoso/entra-application, which');
    expect((await workplace.run(['issue', '--dry-run'])).stderr).not.toContain('lineage-undeclared');
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
