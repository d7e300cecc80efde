import { renameSync, rmSync } from 'node:fs';
import { createIdentity } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { configurationOf, importedOrganization, removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';

const LINEAGES = ['contoso/entra-application', 'primary/rest-api', 'primary/restore-operator-authentication'];
const CONTOSO = 'contoso/entra-application';

/** Three lineages since 2026-06-01T12:00:00Z, 365 days; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
});

afterAll(removeWorkplaces);

function labels(workplace: Workplace, lineage: string): string[] {
  return new Keystore(workplace.path('keystore')).generations(lineage).map(({ label }) => label);
}

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
    ['expired', '2027-07-01', '0002'],
  ])('would renew one that is %s, and says nothing else', async (_, moment, label) => {
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(['renew', CONTOSO, '--dry-run', '--at', moment]);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: `would renew ${CONTOSO} ${label}\n`, stderr: '' });
    expect(done.snapshot()).toEqual(before);
  });

  it.each([[[]], [['--dry-run']]])('refuses a successor that would end before the current one %j', async (dryRun) => {
    const before = done.snapshot();
    const args = ['renew', CONTOSO, '--at', '2026-06-01T11:59:59Z', ...dryRun];
    const { code, stdout, stderr } = await done.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error\[successor-ends-earlier\] .* 0001: it is 2026-06-01T11:59:59Z, .* 2027-06-01T11:59:59Z, before .*2027-06-01T12:00:00Z.* no successor\ncure: check --at, and the clock/,
    );
    expect(done.snapshot()).toEqual(before);
    expect((await done.run(['renew', CONTOSO, '--dry-run', '--at', '2026-06-01T12:00:00Z'])).stderr).toBe('');
  });

  it('replaces a leaked key where certificates shall be valid for fewer days from now on', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `certificates: { validityDays: 90 }\n${THREE_LINEAGES}`);
    const { code, stdout } = await workplace.run(['renew', CONTOSO, '--at', '2026-06-02T12:00:00Z', '--dry-run']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: `would renew ${CONTOSO} 0002\n` });
  });

  it.each(['0000-01-01', '0999-12-31', '9999-12-31'])('fails at %s, which no certificate can say', async (moment) => {
    const before = done.snapshot();
    for (const dryRun of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await done.run(['renew', '--all', '--at', moment, ...dryRun]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error\[certificate-validity-invalid\] a certificate of .*\ncure: check --at, .*\n$/);
    }
    expect(done.snapshot()).toEqual(before);
  });

  it('leaves what is imported, missing or unreadable to a person, each with its cure', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${configurationOf('northwind')}${importedOrganization('contoso')}`);
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const before = workplace.snapshot();
    const names = [CONTOSO, 'northwind/entra-application', 'primary/rest-api'];
    const { code, stdout, stderr } = await workplace.run(['renew', ...names, ...at]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^warning\[lineage-imported\] the certificates of contoso\/entra-application are imported/m);
    expect(stderr).toContain('run "vb365 import contoso/entra-application <file>"');
    expect(stderr).toMatch(/^error\[certificate-missing-in-keystore\] .*northwind.*\ncure: run "vb365 issue"/m);
    expect(stderr).toMatch(/^error\[keystore-certificate-unreadable\] primary\/rest-api.*\ncure: .* from Git/m);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('waits while three are published of which none may go, and says how to make room', async () => {
    const workplace = done.copy();
    for (const day of ['2026-06-02', '2026-06-03']) await workplace.run(['renew', CONTOSO, '--at', day]);
    const { code, stdout, stderr } = await workplace.run(['renew', CONTOSO, '--at', '2026-06-05']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('warning[lineage-full] contoso/entra-application has 3 published generations');
    expect(stderr).toMatch(/cure: run "vb365 renew contoso\/.*" again .* "vb365 retire --confirmed contoso\/.*" once/);
    expect(stderr).toMatch(
      /; for a leaked key do so at once, and run "vb365 retire --confirmed contoso\/.*" again once/,
    );
  });

  it('refuses a name that is not declared, and renews none of the others', async () => {
    const before = done.snapshot();
    const { code, stderr } = await done.run(['renew', CONTOSO, 'contoso/server', ...at]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[lineage-unknown\]/);
    expect(done.snapshot()).toEqual(before);
  });
});

describe('vb365 renew that fails halfway', () => {
  const REST_API = 'primary/rest-api';

  /** The last number that four digits can name is taken, which is met when the successor is added. */
  function blocked(): Workplace {
    const workplace = done.copy();
    for (const suffix of ['.crt', '.key.age']) {
      const [from, to] = ['0001', '9999'].map((label) => workplace.path(`keystore/${REST_API}/${label}${suffix}`));
      renameSync(from ?? '', to ?? '');
    }
    return workplace;
  }

  it.each([[['--all']], [LINEAGES]])('by %j, names the lineages that are left, and what to commit', async (args) => {
    const { code, stdout, stderr } = await blocked().run(['renew', ...args, '--at', '2026-07-01']);
    expect(code).toBe(2);
    expect(stdout).toBe(
      `${LINEAGES.filter((name) => name !== REST_API)
        .map((name) => `renewed ${name} 0002\n`)
        .join('')}Commit the folder keystore to Git, and deploy it.\n`,
    );
    expect(stderr).toMatch(
      /^note: 1 of 3 certificates is not renewed, .* run "vb365 renew primary\/rest-api": the same command .*\nerror\[generation-numbers-exhausted\] .*\ncure: .*\n$/,
    );
  });

  it('does not say so where the same command does the rest', async () => {
    const { stdout, stderr } = await blocked().run(['renew', '--at', '2027-05-10']);
    expect(stdout).toContain('Commit the folder keystore to Git, and deploy it.\n');
    expect(stderr).toMatch(/^error\[generation-numbers-exhausted\] .*\ncure: .*\n$/);
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
