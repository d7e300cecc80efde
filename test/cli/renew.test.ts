import { existsSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createIdentity } from '../../lib/keystore/identity';
import { Keystore } from '../../lib/keystore/keystore';
import {
  configurationOf,
  ended,
  importedOrganization,
  removeWorkplaces,
  THREE_LINEAGES,
  Workplace,
} from '../support/cli';
import { openKeys } from '../support/open-keys';

jest.setTimeout(120_000);

const LINEAGES = ['contoso/entra-application', 'primary/rest-api', 'primary/restore-operator-authentication'];
const CONTOSO = 'contoso/entra-application';
const NOTHING_DUE = 'Nothing to renew: none of 3 certificates is due.\n';

/** Due on every day but the first, and full on the third. */
const HASTY = `certificates: { validityDays: 10, renewBeforeDays: 9, retireAfterDays: 10 }\n${configurationOf('contoso')}`;

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

/** One lineage of a policy that fills it up, with so many generations on as many days. */
async function hastyLineage(count: number): Promise<Workplace> {
  const workplace = new Workplace(HASTY.replace(/ {4}restApi.*\n/, '').replace(/ {4}authentication.*\n/, ''));
  await workplace.run(['issue', '--at', '2026-06-01']);
  for (let day = 2; day <= count; day += 1) await workplace.run(['renew', '--at', `2026-06-0${day}`]);
  return workplace;
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
      'cure: get a new certificate, and run "vb365 import contoso/entra-application <file>"',
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
    expect(code).toBe(1);
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

  it('adds one successor when two run at once', async () => {
    const workplace = await hastyLineage(1);
    const outcomes = await Promise.all([1, 2].map(() => workplace.run(['renew', '--at', '2026-06-02'])));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(labels(workplace, CONTOSO)).toEqual(['0001', '0002']);
  });
});

describe('vb365 renew that is killed', () => {
  it('loses no current certificate, at each of six moments, and the next run does the rest', async () => {
    const workplace = await hastyLineage(3);
    const due = ['renew', '--at', '2026-06-11T12:00:00Z'];
    for (const delay of [0, 20, 60, 100, 150, 250]) {
      const copy = workplace.copy();
      const child = copy.spawn(due, { stdio: 'ignore' });
      const end = ended(child);
      while (!existsSync(copy.path('keystore/.lock')) && child.exitCode === null) await wait(1);
      await wait(delay);
      child.kill('SIGKILL');
      await end;
      expect(labels(copy, CONTOSO)).toContain('0003');
      // A lock that nobody touches belongs to a killed process after some seconds.
      rmSync(copy.path('keystore/.lock'), { recursive: true, force: true });
      expect((await copy.run(due)).code).toBe(0);
      expect(labels(copy, CONTOSO)).toEqual(['0002', '0003', '0004']);
      const keystore = new Keystore(copy.path('keystore'));
      expect(await openKeys(keystore, workplace.identity)).toHaveLength(3);
      expect(keystore.findings()).toEqual([]);
    }
  });
});

describe('vb365 renew of a lineage with three generations', () => {
  it('waits while none may be retired, and says until when', async () => {
    const workplace = await hastyLineage(3);
    const before = workplace.snapshot();
    const { code, stdout, stderr } = await workplace.run(['renew', '--at', '2026-06-04']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('warning[lineage-full] contoso/entra-application is due, and has 3 published generations');
    expect(stderr).toContain('of which that of 0001 ends at 2026-06-11T00:00:00Z');
    expect(stderr).toContain('"vb365 retire --confirmed contoso/entra-application" once generation 0003 is in use');
    expect(workplace.snapshot()).toEqual(before);
  });

  it('retires the oldest first as soon as that may go', async () => {
    const workplace = await hastyLineage(3);
    const { code, stdout } = await workplace.run(['renew', '--at', '2026-06-11T12:00:00Z']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([`retired ${CONTOSO} 0001`, `renewed ${CONTOSO} 0004`]);
    expect(labels(workplace, CONTOSO)).toEqual(['0002', '0003', '0004']);
  });
});

describe('vb365 renew of lineages that a person names', () => {
  const at = ['--at', '2026-07-01T12:00:00Z'];

  it('renews them though they are not due, and no others, so that a leaked key is gone on the same day', async () => {
    const workplace = done.copy();
    const renewal = await workplace.run(['renew', CONTOSO, CONTOSO, ...at]);
    expect({ code: renewal.code, stdout: renewal.stdout }).toEqual({
      code: 0,
      stdout: `renewed ${CONTOSO} 0002\nCommit the folder keystore to Git, and deploy it.\n`,
    });
    expect(labels(workplace, 'primary/rest-api')).toEqual(['0001']);
    const retirement = await workplace.run(['retire', '--confirmed', CONTOSO, ...at]);
    expect(retirement.code).toBe(0);
    expect(retirement.stdout).toMatch(/^retired contoso\/entra-application 0001\n/);
    expect(labels(workplace, CONTOSO)).toEqual(['0002']);
  });

  it('cures a key that is lost, and a changed host name', async () => {
    const workplace = done.copy();
    rmSync(workplace.path('keystore/primary/rest-api/0001.key.age'));
    workplace.write('vb365.yaml', THREE_LINEAGES.replaceAll('vb365.example.com', 'backup.example.com'));
    const { code } = await workplace.run(['renew', 'primary/rest-api', ...at]);
    expect(code).toBe(0);
    expect(new Keystore(workplace.path('keystore')).current('primary/rest-api')?.certificate.dnsNames).toEqual([
      'backup.example.com',
    ]);
  });

  it.each([
    ['not due', '2026-07-01', '0002'],
    ['not valid yet', '2026-05-31', '0002'],
    ['expired', '2027-07-01', '0002'],
  ])('would renew one that is %s, and says nothing else', async (_, moment, label) => {
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(['renew', CONTOSO, '--dry-run', '--at', moment]);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: `would renew ${CONTOSO} ${label}\n`, stderr: '' });
    expect(done.snapshot()).toEqual(before);
  });

  it('leaves what is imported, missing or unreadable to a person, each with its cure', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${configurationOf('northwind')}${importedOrganization('contoso')}`);
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const before = workplace.snapshot();
    const names = [CONTOSO, 'northwind/entra-application', 'primary/rest-api'];
    const { code, stdout, stderr } = await workplace.run(['renew', ...names, ...at]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^warning\[lineage-imported\] the certificates of contoso\/entra-application are imported/m);
    expect(stderr).toContain('run "vb365 import contoso/entra-application <file>"');
    expect(stderr).toMatch(/^error\[certificate-missing-in-keystore\] .*northwind.*\n {2}cure: run "vb365 issue"/m);
    expect(stderr).toMatch(/^error\[keystore-certificate-unreadable\] primary\/rest-api.*\n {2}cure: .* from Git/m);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('waits while three are published of which none may go, and says how to make room', async () => {
    const workplace = done.copy();
    for (const label of ['0002', '0003']) {
      workplace.write(`keystore/${CONTOSO}/${label}.crt`, workplace.read(`keystore/${CONTOSO}/0001.crt`));
    }
    const { code, stdout, stderr } = await workplace.run(['renew', CONTOSO, '--at', '2026-06-05']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('warning[lineage-full] contoso/entra-application has 3 published generations');
    expect(stderr).toMatch(/cure: run "vb365 renew contoso\/.*" again .* "vb365 retire --confirmed contoso\/.*" once/);
  });

  it('refuses a name that is not declared, and renews none of the others', async () => {
    const before = done.snapshot();
    const { code, stderr } = await done.run(['renew', CONTOSO, 'contoso/server', ...at]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[lineage-unknown\]/);
    expect(done.snapshot()).toEqual(before);
  });
});

describe('vb365 renew --all', () => {
  it('gives every lineage a key that a new identity opens, after the old one was lost', async () => {
    const workplace = done.copy();
    rmSync(workplace.identity);
    workplace.write('keystore/recipients.txt', await createIdentity(workplace.identity, new Date(0)));
    const { code, stdout } = await workplace.run(['renew', '--all', '--at', '2026-07-01']);
    expect({ code, lines: stdout.match(/^renewed .*$/gm) }).toEqual({
      code: 0,
      lines: LINEAGES.map((lineage) => `renewed ${lineage} 0002`),
    });
    await workplace.run(['retire', ...LINEAGES.flatMap((name) => ['--confirmed', name]), '--at', '2026-07-01']);
    expect(await openKeys(new Keystore(workplace.path('keystore')), workplace.identity)).toHaveLength(3);
  });

  it.each([
    ['lineages and --all', [CONTOSO, '--all']],
    ['lineages and --within', [CONTOSO, '--within', '30']],
    ['--all and --within', ['--all', '--within', '30']],
  ])('is refused where %s are given together', async (given, args) => {
    const { code, stdout, stderr } = await done.run(['renew', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error\\[usage\\] ${given} are given together.*\\ncure: give one of them\\n$`));
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
    expect((await renewed.run([...again, '2027-05-10T20:00:00Z'])).code).toBe(0);
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
  it('prints what it has renewed, and what has left for it', async () => {
    const workplace = await hastyLineage(3);
    const { code, stdout } = await workplace.run(['renew', '--json', '--at', '2026-06-11T12:00:00Z']);
    const { certificate } = new Keystore(workplace.path('keystore')).current(CONTOSO)!;
    expect({ code, rows: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      rows: [
        {
          lineage: CONTOSO,
          generation: '0004',
          thumbprint: certificate.thumbprint,
          notBefore: '2026-06-11T11:00:00Z',
          notAfter: '2026-06-21T12:00:00Z',
          retired: ['0001'],
        },
      ],
    });
  });

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
