import { existsSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Keystore } from '../../../lib/keystore/keystore';
import { configurationOf, ended, removeWorkplaces, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';

const CONTOSO = 'contoso/entra-application';

/** One lineage, due on every day but the first, and full on the third. */
const HASTY = [
  'certificates: { validityDays: 10, renewBeforeDays: 9, retireAfterDays: 10 }',
  configurationOf('contoso').replace(/ {4}(?:restApi|authentication).*\n/g, ''),
].join('\n');

/** With one generation, since 2026-06-01; not to be changed. */
let one: Workplace;
/** With three, a day apart; not to be changed. */
let full: Workplace;

beforeAll(async () => {
  one = new Workplace(HASTY);
  await one.run(['issue', '--at', '2026-06-01']);
  full = one.copy();
  for (const day of ['2026-06-02', '2026-06-03']) await full.run(['renew', '--at', day]);
});

afterAll(removeWorkplaces);

function labels(workplace: Workplace, lineage: string): string[] {
  return new Keystore(workplace.path('keystore')).generations(lineage).map(({ label }) => label);
}

describe('vb365 renew that is killed', () => {
  it('loses no current certificate, at each of six moments, and the next run does the rest', async () => {
    const workplace = full.copy();
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
      expect(await openKeys(keystore, copy.identity)).toHaveLength(3);
      expect(keystore.findings()).toEqual([]);
    }
  });
});

describe('vb365 renew of a lineage with three generations', () => {
  it('waits while none may be retired, and says until when', async () => {
    const workplace = full.copy();
    const before = workplace.snapshot();
    const { code, stdout, stderr } = await workplace.run(['renew', '--at', '2026-06-04']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('warning[lineage-full] contoso/entra-application is due, and has 3 published generations');
    expect(stderr).toContain('of which that of 0001 ends at 2026-06-11T00:00:00Z');
    expect(stderr).toContain('"vb365 retire --confirmed contoso/entra-application" once generation 0003 is in use');
    expect(workplace.snapshot()).toEqual(before);
  });

  it('retires the oldest first as soon as that may go', async () => {
    const workplace = full.copy();
    const { code, stdout } = await workplace.run(['renew', '--at', '2026-06-11T12:00:00Z']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([`retired ${CONTOSO} 0001`, `renewed ${CONTOSO} 0004`]);
    expect(labels(workplace, CONTOSO)).toEqual(['0002', '0003', '0004']);
  });

  it('prints what it has renewed, and what has left for it', async () => {
    const workplace = full.copy();
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

  it('adds one successor when two run at once', async () => {
    const workplace = one.copy();
    const outcomes = await Promise.all([1, 2].map(() => workplace.run(['renew', '--at', '2026-06-02'])));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(labels(workplace, CONTOSO)).toEqual(['0001', '0002']);
  });
});
