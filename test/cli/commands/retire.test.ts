import { Keystore } from '../../../lib/keystore/keystore';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

const CONTOSO = 'contoso/entra-application';
const REST_API = 'primary/rest-api';
const OPERATORS = 'primary/restore-operator-authentication';
const LINEAGES = [REST_API, OPERATORS, CONTOSO];
/** The run of renew, plus fourteen days. */
const OVERLAP_ENDS = '2027-05-24T12:00:00Z';
const INSIDE_OVERLAP = '2027-05-20';

/** Three lineages, issued on 2026-06-01 and renewed on 2027-05-10T12:00:00Z; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
  await done.run(['renew', '--at', '2027-05-10T12:00:00Z']);
});

afterAll(removeWorkplaces);

function labels(workplace: Workplace, lineage: string): string[] {
  return new Keystore(workplace.path('keystore')).generations(lineage).map(({ label }) => label);
}

describe('vb365 retire', () => {
  it('removes what has served its time, in CI and without any identity, and leaves the current ones', async () => {
    const workplace = done.copy();
    const env = { CI: 'true', VB365_IDENTITY: '/nowhere/identity.txt' };
    const { code, stdout } = await workplace.run(['retire', '--at', OVERLAP_ENDS], { env });
    expect(code).toBe(0);
    expect(stdout.match(/^retired .*$/gm)).toEqual(LINEAGES.map((lineage) => `retired ${lineage} 0001`));
    for (const lineage of LINEAGES) expect(labels(workplace, lineage)).toEqual(['0002']);
    expect(new Keystore(workplace.path('keystore')).findings()).toEqual([]);
  });

  it('looks at no other lineages than those that are named', async () => {
    const workplace = done.copy();
    const { code, stdout } = await workplace.run(['retire', CONTOSO, '--at', OVERLAP_ENDS]);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: `retired ${CONTOSO} 0001` });
    expect([labels(workplace, CONTOSO), labels(workplace, REST_API)]).toEqual([['0002'], ['0001', '0002']]);
  });

  it('keeps of a named lineage what has not served its time', async () => {
    const { code, stdout } = await done.run(['retire', CONTOSO, '--at', INSIDE_OVERLAP]);
    const said = `Nothing to retire: no superseded certificate of ${CONTOSO} has served its time.\n`;
    expect({ code, stdout }).toEqual({ code: 0, stdout: said });
  });

  it.each([
    [['northwind/entra-application'], 'lineage-unknown'],
    [[CONTOSO, '--confirmed', CONTOSO], 'usage'],
  ])('retires nothing with %j', async (args, code) => {
    const outcome = await done.run(['retire', ...args, '--at', OVERLAP_ENDS]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(`error[${code}]`);
    expect(labels(done, CONTOSO)).toEqual(['0001', '0002']);
  });

  it.each([OVERLAP_ENDS, '2040-01-01'])('changes nothing when it runs again at %s', async (at) => {
    const workplace = done.copy();
    await workplace.run(['retire', '--at', OVERLAP_ENDS]);
    const before = workplace.snapshot();
    const { code, stdout, stderr } = await workplace.run(['retire', '--at', at]);
    const said = 'Nothing to retire: no superseded certificate has served its time.\n';
    expect({ code, said: stdout + stderr }).toEqual({ code: 0, said });
    expect(workplace.snapshot()).toEqual(before);
  });

  it.each([
    ['before the successors are valid', '2027-05-10T10:59:59Z', 0],
    ['a second before the overlap ends', '2027-05-24T11:59:59Z', 0],
    ['when the overlap ends', OVERLAP_ENDS, 1],
    ['long after', '2030-01-01', 1],
  ])('%s, exits a dry run with what there is to do', async (_, at, code) => {
    expect((await done.run(['retire', '--dry-run', '--at', at])).code).toBe(code);
  });

  it('takes the overlap of each policy, and removes earlier what has expired', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${THREE_LINEAGES}    certificates: { retireAfterDays: 60 }\n`);
    const dryRun = async (at: string): Promise<string[]> => {
      const { stdout } = await workplace.run(['retire', '--dry-run', '--at', at]);
      return stdout.match(/^would retire .*$/gm)?.map((line) => line.replace('would retire ', '')) ?? [];
    };
    expect(await dryRun('2027-05-30')).toEqual([`${REST_API} 0001`, `${OPERATORS} 0001`]);
    expect(await dryRun('2027-06-01T12:00:01Z')).toContain(`${CONTOSO} 0001`);
  });

  it('leaves a lineage alone that it cannot read as a whole', async () => {
    const workplace = done.copy();
    workplace.write('keystore/primary/rest-api/0002.crt', 'cut off');
    const { code, stdout, stderr } = await workplace.run(['retire', '--at', '2030-01-01']);
    expect(code).toBe(2);
    expect(stdout.match(/^retired .*$/gm)).toEqual([`retired ${OPERATORS} 0001`, `retired ${CONTOSO} 0001`]);
    expect(stderr).toMatch(/^error\[keystore-certificate-unreadable\] primary\/rest-api/m);
  });

  it('writes nothing in a dry run', async () => {
    const before = done.snapshot();
    const { stdout } = await done.run(['retire', '--dry-run', '--at', OVERLAP_ENDS]);
    expect(stdout).toBe(LINEAGES.map((lineage) => `would retire ${lineage} 0001\n`).join(''));
    expect(done.snapshot()).toEqual(before);
  });
});

describe('vb365 retire --confirmed', () => {
  it('removes the superseded ones of that lineage at once, and looks at no other', async () => {
    const workplace = done.copy();
    const { code, stdout } = await workplace.run(['retire', '--confirmed', CONTOSO, '--at', '2027-05-10T12:00:00Z']);
    expect({ code, lines: stdout.match(/^retired .*$/gm) }).toEqual({ code: 0, lines: [`retired ${CONTOSO} 0001`] });
    expect(labels(workplace, CONTOSO)).toEqual(['0002']);
    expect(labels(workplace, REST_API)).toEqual(['0001', '0002']);
  });

  it.each([
    [[CONTOSO], `${CONTOSO} has no superseded certificate`],
    [[CONTOSO, REST_API], `${CONTOSO} and ${REST_API} have no superseded certificate`],
    [LINEAGES, 'none of 3 lineages has a superseded certificate'],
  ])('says of %j without any that there is none', async (names, said) => {
    const workplace = done.copy();
    const confirmed = names.flatMap((name) => ['--confirmed', name]);
    await workplace.run(['retire', ...confirmed, '--at', INSIDE_OVERLAP]);
    const { code, stdout, stderr } = await workplace.run(['retire', ...confirmed, '--at', INSIDE_OVERLAP]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `Nothing to retire: ${said}.\n`, stderr: '' });
  });

  it('takes several lineages', async () => {
    const both = ['--confirmed', CONTOSO, '--confirmed', REST_API, '--confirmed', CONTOSO];
    const { stdout } = await done.run(['retire', '--dry-run', ...both, '--at', INSIDE_OVERLAP]);
    expect(stdout).toBe(`would retire ${CONTOSO} 0001\nwould retire ${REST_API} 0001\n`);
  });

  it.each([
    ['not valid yet', '2027-05-10T10:59:59Z'],
    ['expired', '2028-05-09T12:00:01Z'],
  ])('fails where the current certificate is %s, and removes nothing', async (_, at) => {
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(['retire', '--confirmed', CONTOSO, '--at', at]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error\[current-not-valid\] the current certificate of contoso.*: nothing is retired\ncure: /,
    );
    expect(done.snapshot()).toEqual(before);
  });

  it('refuses a lineage that nobody has declared', async () => {
    const { code, stderr } = await done.run(['retire', '--confirmed', 'contoso/server']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[lineage-unknown\]/);
  });
});

describe('vb365 retire --json', () => {
  it('prints what it has removed, and what is current', async () => {
    const workplace = done.copy();
    const [old] = new Keystore(workplace.path('keystore')).generations(CONTOSO);
    const { code, stdout } = await workplace.run(['retire', '--json', '--confirmed', CONTOSO, '--at', INSIDE_OVERLAP]);
    expect({ code, rows: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      rows: [
        {
          lineage: CONTOSO,
          generation: '0001',
          thumbprint: old?.certificate.thumbprint,
          notBefore: '2026-06-01T11:00:00Z',
          notAfter: '2027-06-01T12:00:00Z',
          current: '0002',
        },
      ],
    });
  });

  it('prints an empty array where nothing has served its time', async () => {
    const { code, stdout, stderr } = await done.run(['retire', '--json', '--at', INSIDE_OVERLAP]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });
});
