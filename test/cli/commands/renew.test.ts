import { existsSync, rmSync } from 'node:fs';
import { Keystore } from '../../../lib/keystore/keystore';
import { configurationOf, importedOrganization, removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';

const LINEAGES = ['contoso/entra-application', 'primary/rest-api', 'primary/restore-operator-authentication'];
const CONTOSO = 'contoso/entra-application';
const NOTHING_DUE = 'Nothing to renew: none of 3 certificates is due.\n';

/** Three lineages since 2026-06-01T12:00:00Z, 365 days; not to be changed. */
let done: Workplace;
/** The same, renewed where CI is set and there is no identity; not to be changed. */
let renewed: Workplace;
let first: { code: number; stdout: string; stderr: string };

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
  renewed = done.copy();
  first = await renewed.run(['renew', '--at', '2027-05-10T12:00:00Z'], {
    env: { CI: 'true', VB365_IDENTITY: `${renewed.identity}.absent` },
  });
});

afterAll(removeWorkplaces);

function labels(workplace: Workplace, lineage: string): string[] {
  return new Keystore(workplace.path('keystore')).generations(lineage).map(({ label }) => label);
}

describe('vb365 renew', () => {
  it('adds a successor to every lineage inside its window, in CI and without any identity', () => {
    const lines = LINEAGES.map((lineage) => `renewed ${lineage} 0002\n`).join('');
    expect(first.code).toBe(0);
    expect(first.stdout.startsWith(lines)).toBe(true);
    expect(existsSync(`${renewed.identity}.absent`)).toBe(false);
    for (const lineage of LINEAGES) expect(labels(renewed, lineage)).toEqual(['0001', '0002']);
  });

  it('seals each key to the recipients, valid from an hour before --at, in a keystore without fault', async () => {
    const keystore = new Keystore(renewed.path('keystore'));
    expect(await openKeys(keystore, renewed.identity)).toHaveLength(6);
    expect(keystore.findings()).toEqual([]);
    const { certificate } = keystore.current(CONTOSO)!;
    expect(certificate.notBefore).toEqual(new Date('2027-05-10T11:00:00Z'));
    expect(certificate.notAfter).toEqual(new Date('2028-05-09T12:00:00Z'));
  });

  it.each(['2027-05-10T12:00:00Z', '2027-05-10T13:00:00Z', '2027-06-30', '2028-04-01'])(
    'changes nothing when it runs again at %s',
    async (at) => {
      const before = renewed.snapshot();
      const { code, stdout, stderr } = await renewed.run(['renew', '--at', at]);
      expect({ code, said: stdout + stderr }).toEqual({ code: 0, said: NOTHING_DUE });
      expect(renewed.snapshot()).toEqual(before);
    },
  );

  it.each([
    ['2027-05-02T11:59:59Z', 0],
    ['2027-05-02T12:00:00Z', 1],
    ['2027-06-01T12:00:01Z', 1],
    ['2037-01-01', 1],
  ])('at %s, exits a dry run with %d', async (at, expected) => {
    expect((await done.run(['renew', '--dry-run', '--at', at])).code).toBe(expected);
  });

  it('renews only what is due', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${THREE_LINEAGES}    certificates: { renewBeforeDays: 60 }\n`);
    const { code, stdout } = await workplace.run(['renew', '--at', '2027-04-10']);
    expect({ code, lines: stdout.match(/^renewed .*$/gm) }).toEqual({ code: 0, lines: [`renewed ${CONTOSO} 0002`] });
  });

  it('leaves what is declared as imported to a person', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', importedOnly());
    const due = await workplace.run(['renew', '--at', '2027-05-10']);
    expect({ code: due.code, stdout: due.stdout }).toEqual({ code: 1, stdout: '' });
    expect(due.stderr).toMatch(
      /^warning\[certificate-renewal-due\] contoso\/entra-application 0001: it expires at 2027-06-01T12:00:00Z, in 22 days, /,
    );
    expect(due.stderr).toContain(
      'cure: get a new certificate ("vb365 request contoso/entra-application" asks an authority for one), and run "vb365 import contoso/entra-application <file>"',
    );
    const expired = await workplace.run(['renew', '--at', '2027-06-11T12:00:00Z']);
    expect(expired.code).toBe(1);
    expect(expired.stderr).toContain('error[certificate-expired] contoso/entra-application 0001: it expired at');
    expect((await workplace.run(['renew', '--at', '2026-07-01'])).code).toBe(0);
  });

  it('leaves a missing certificate to issue, and says so', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const { code, stdout, stderr } = await workplace.run(['renew', '--at', '2026-07-01']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error[certificate-missing-in-keystore]');
    expect(stderr).toContain('cure: run "vb365 issue"');
  });

  it('leaves a certificate alone that is not valid yet, because the clock may be wrong', async () => {
    const before = done.snapshot();
    const { code, stderr } = await done.run(['renew', '--at', '2026-05-31']);
    expect(code).toBe(1);
    expect(stderr.match(/warning\[certificate-not-yet-valid\]/g)).toHaveLength(3);
    expect(done.snapshot()).toEqual(before);
  });

  it('leaves a lineage alone that it cannot read as a whole, and renews the others', async () => {
    const workplace = done.copy();
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const { code, stdout, stderr } = await workplace.run(['renew', '--at', '2027-05-10']);
    expect(code).toBe(2);
    expect(stdout.match(/^renewed /gm)).toHaveLength(2);
    expect(stderr).toMatch(/^error\[keystore-certificate-unreadable\] primary\/rest-api/m);
  });

  it.each([
    ['a missing file', undefined, 'recipients-missing'],
    ['nobody in it', '# nobody\n', 'recipients-missing'],
    ['a line that is no key', 'age1nonsense\n', 'recipients-invalid'],
  ])('fails with %s of recipients, and writes nothing', async (_, content, code) => {
    const workplace = done.copy();
    if (content === undefined) rmSync(workplace.path('keystore/recipients.txt'));
    else workplace.write('keystore/recipients.txt', content);
    const before = workplace.snapshot();
    for (const dryRun of [[], ['--dry-run']]) {
      const outcome = await workplace.run(['renew', '--at', '2027-05-10', ...dryRun]);
      expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code: 2, stdout: '' });
      expect(outcome.stderr).toContain(`error[${code}]`);
    }
    expect(workplace.snapshot()).toEqual(before);
  });

  it('asks for nothing where nothing is declared', async () => {
    const workplace = new Workplace('keystore: keystore\n');
    const { code, stdout, stderr } = await workplace.run(['renew']);
    expect({ code, said: stdout + stderr }).toEqual({
      code: 0,
      said: 'Nothing to renew: no certificate is asked for.\n',
    });
    expect(existsSync(workplace.path('keystore'))).toBe(false);
  });
});

describe('vb365 renew --within', () => {
  it('renews what ends within so many days', async () => {
    const dueWithin = async (within: string): Promise<number> =>
      (await done.run(['renew', '--dry-run', '--at', '2027-04-22T12:00:00Z', '--within', within])).code;
    expect(await dueWithin('39')).toBe(0);
    expect(await dueWithin('40')).toBe(1);
  });

  it('leaves new certificates alone, even with a window longer than the validity', async () => {
    const again = ['renew', '--dry-run', '--within', '9999', '--at'];
    const { code, stderr } = await renewed.run([...again, '2027-05-10T20:00:00Z']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: --within 9999 counts as 364: .*\n$/);
  });

  it('says of how many lineages it counts as less', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${THREE_LINEAGES}    certificates: { validityDays: 90, retireAfterDays: 10 }\n`);
    const within = async (days: string): Promise<string> =>
      (await workplace.run(['renew', '--dry-run', '--at', '2026-06-02', '--within', days])).stderr;
    expect(await within('100')).toMatch(/^note: --within 100 counts as 89 for 1 of 3 lineages: /);
    expect(await within('89')).toBe('');
  });

  it.each(['0', '-1', '1.5', 'a', '', '10000', ' 5'])('refuses %j', async (within) => {
    const { code, stderr } = await done.run(['renew', `--within=${within}`]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error\[usage\] .*Give whole days from 1 to 9999, such as 45\..*\ncure: run "vb365 renew --help"/,
    );
  });
});

describe('vb365 renew --dry-run', () => {
  it('says what is due, exits with 1 and writes nothing', async () => {
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(['renew', '--dry-run', '--at', '2027-05-10']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.trimEnd().split('\n').sort()).toEqual(LINEAGES.map((lineage) => `would renew ${lineage} 0002`));
    expect(done.snapshot()).toEqual(before);
  });
});

describe('vb365 renew --json', () => {
  it('prints an empty array where nothing is due', async () => {
    const { code, stdout, stderr } = await done.run(['renew', '--json', '--at', '2026-07-01']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('leaves what is not known yet empty in a dry run', async () => {
    const { code, stdout } = await done.run(['renew', '--json', '--dry-run', '--at', '2027-05-10']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toContainEqual({
      lineage: CONTOSO,
      generation: '0002',
      thumbprint: null,
      notBefore: null,
      notAfter: null,
      retired: [],
    });
  });
});

/** Contoso alone, as imported. */
function importedOnly(): string {
  const lines = configurationOf()
    .replace(/ {4}restApi.*\n/, '')
    .replace(/ {4}authentication.*\n/, '');
  return lines + importedOrganization('contoso');
}
