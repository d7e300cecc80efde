import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Keystore } from '../../../lib/keystore/keystore';
import { isValid } from '../../../lib/lifecycle/renew/retirement';
import {
  configurationOf,
  ended,
  importedOrganization,
  type Outcome,
  removeWorkplaces,
  Workplace,
} from '../../support/cli';
import { sealedText } from '../../keystore/fixtures';
import { hasFaketime, setClock } from '../../support/clock';
import { openKeys } from '../../support/open-keys';
import { testKey } from '../../support/openssl';
import { selfSigned } from '../../support/self-signed';

const CONTOSO = 'contoso/entra-application';
const NORTHWIND = 'northwind/entra-application';
const ISSUED = '2026-06-01T12:00:00Z';
const WRITING = [
  ['issue'],
  ['renew', CONTOSO],
  ['retire'],
  ['retire', '--confirmed', CONTOSO],
  ['request', NORTHWIND],
  ['import', NORTHWIND, 'own.pem'],
];

/** Issued on 2026-06-01, but for a lineage to issue and one to import; with superseded certificates. Not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue', '--at', ISSUED]);
  await done.run(['renew', CONTOSO, '--at', ISSUED]);
  done.write('vb365.yaml', configurationOf('contoso', 'adatum') + importedOrganization('northwind'));
  const key = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
  done.write('own.pem', `${selfSigned().pem}\n${key}`);
});

afterAll(removeWorkplaces);

afterEach(() => {
  jest.useRealTimers();
});

function labels(workplace: Workplace, lineage = CONTOSO): string[] {
  return new Keystore(workplace.path('keystore')).generations(lineage).map(({ label }) => label);
}

/** Whether a certificate of the lineage is valid at a date. */
function hasValid(workplace: Workplace, at: string, lineage = CONTOSO): boolean {
  return new Keystore(workplace.path('keystore')).generations(lineage).some((each) => isValid(each, new Date(at)));
}

function commit(workplace: Workplace, date: string): void {
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=contoso', '-c', 'user.email=contoso@example.com'];
    const env = { ...process.env, GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z', GIT_COMMITTER_DATE: date };
    execFileSync('git', [...identity, ...args], { cwd: workplace.folder, env });
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'all');
}

/** The commands that a message names, without what has to be filled in. */
function curesOf({ stderr }: Outcome): string[][] {
  return Array.from(stderr.matchAll(/"vb365 ([^"<]+)"/g), ([, line = '']) => line.split(' '));
}

describe('a clock before the newest certificate of the keystore was added', () => {
  it.each(WRITING)('is refused by %s %s %s, and nothing is written', async (...args) => {
    setClock('2026-06-01T11:54:59Z');
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error\[clock-behind\] .*says 2026-06-01T11:54:59Z, .* before 2026-06-01T12:00:00Z, when keystore\/.*\.crt entered the keystore: nothing is written\ncure: set the clock .* run it with --at 2026-06-01T11:54:59Z.*, or wait until 2026-06-01T12:00:00Z\n$/,
    );
    expect(done.snapshot()).toEqual(before);
    expect((await done.run([...args, '--dry-run'])).stderr).toMatch(args[0] === 'request' ? /usage/ : /clock-behind/);
  });

  it.each(WRITING.filter(([command]) => command !== 'import'))(
    'is taken by %s %s %s where it differs by five minutes, or the date is given',
    async (...args) => {
      for (const [clock, at] of [
        ['2026-06-01T11:55:00Z', []],
        ['2000-01-01', ['--at', '2026-06-01T11:50:00Z']],
      ] as const) {
        setClock(clock);
        expect((await done.copy().run([...args, ...at])).stderr).not.toContain('clock-');
      }
    },
  );

  it('is no business of commands that write nothing, nor of a keystore that does not say', async () => {
    setClock('2020-01-01');
    for (const args of [['status'], ['issue', '--shard', '1/9'], ['reseal'], ['request', NORTHWIND, '--cancel']]) {
      expect((await done.copy().run(args)).stderr).not.toContain('clock-');
    }
    expect((await new Workplace().run(['issue'])).code).toBe(0);
  });
});

describe('a clock before the last commit', () => {
  it('is refused where something is to be written, by the date of the commit and not of its author', async () => {
    const workplace = done.copy();
    commit(workplace, '2026-08-01T00:00:00Z');
    setClock('2026-07-31T23:54:59Z');
    const { code, stderr } = await workplace.run(['renew', CONTOSO]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error\[clock-behind\] .* before 2026-08-01T00:00:00Z, when the last commit of Git, [0-9a-f]+, was made: nothing is written\ncure: .* --at 2026-07-31T23:54:59Z, and commit what it has done, or wait until 2026-08-01T00:00:00Z\n$/,
    );
    expect((await workplace.run(['renew'])).stderr).not.toContain('clock-');
    setClock('2026-07-31T23:55:00Z');
    expect((await workplace.run(['renew', CONTOSO])).code).toBe(0);
  });

  it('by a colleague whose clock was wrong, is mended by the date, and a commit', async () => {
    const workplace = done.copy();
    commit(workplace, '2031-01-01T00:00:00Z');
    setClock('2026-07-01T00:00:00Z');
    expect((await workplace.run(['renew', CONTOSO])).stderr).toContain('error[clock-behind]');
    expect((await workplace.run(['renew', CONTOSO, '--at', '2026-07-01T00:00:00Z'])).code).toBe(0);
    commit(workplace, '2026-07-01T00:01:00Z');
    expect((await workplace.run(['retire', '--confirmed', CONTOSO])).code).toBe(0);
  });
});

describe('a clock more than ten years after all that is known', () => {
  it.each([
    ['issue'],
    ['renew'],
    ['retire'],
    ['retire', '--confirmed', CONTOSO],
    ['request', NORTHWIND],
    ['import', NORTHWIND, 'own.pem'],
  ])('is refused by %s %s %s, and nothing is written', async (...args) => {
    setClock('2036-06-01T12:00:01Z');
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error\[clock-ahead\] .*says 2036-06-01T12:00:01Z, .* more than 10 years after 2026-06-01T12:00:00Z, when keystore\/.*: nothing is written\ncure: set the clock .* run it with --at 2036-06-01T12:00:01Z\n$/,
    );
    expect(done.snapshot()).toEqual(before);
  });

  it('is taken where the date is given, within ten years, and where a commit is newer', async () => {
    setClock('2036-06-01T12:00:00Z');
    expect((await done.copy().run(['renew'])).stdout).toContain(`renewed ${CONTOSO} 0003`);
    setClock('2036-06-01T12:00:01Z');
    expect((await done.copy().run(['renew', '--at', '2099-01-01'])).stdout).toContain(`renewed ${CONTOSO} 0003`);
    const workplace = done.copy();
    commit(workplace, '2026-06-01T12:00:01Z');
    expect((await workplace.run(['renew'])).stdout).toContain(`renewed ${CONTOSO} 0003`);
  });
});

describe('what was made under a wrong clock', () => {
  it.each([['2030-01-01T00:00:00Z'], ['2099-01-01T00:00:00Z']])(
    'of %s is mended by what the messages say',
    async (wrong) => {
      const now = '2026-11-30T12:00:00Z';
      const workplace = done.copy();
      workplace.write('vb365.yaml', configurationOf('contoso'));
      // Until no place is left: none of the certificates that were made is valid now.
      for (const days of [0, 3]) {
        const at = new Date(Date.parse(wrong) + days * 86_400_000).toISOString();
        expect((await workplace.run(['renew', CONTOSO, '--at', at])).code).toBe(0);
      }
      setClock(now);
      let outcome = await workplace.run(['renew']);
      expect(outcome.stderr).toContain('error[clock-behind]');
      for (const cure of curesOf(outcome)) outcome = await workplace.run(cure);
      expect(outcome).toMatchObject({ code: 0, stdout: expect.stringMatching(/^renewed contoso.* \d{4}$/m) });
      expect(hasValid(workplace, now)).toBe(true);
      // From now on, nobody has to name a date.
      expect((await workplace.run(['renew'])).stdout).toBe('Nothing to renew: none of 3 certificates is due.\n');
      expect((await workplace.run(['retire', '--confirmed', CONTOSO])).code).toBe(0);
      expect(labels(workplace)).toHaveLength(1);
      expect(hasValid(workplace, now)).toBe(true);
      expect(await openKeys(new Keystore(workplace.path('keystore')), workplace.identity)).toHaveLength(3);
    },
  );

  it('and was the first of its lineage, is mended too', async () => {
    const workplace = new Workplace(configurationOf('contoso'));
    setClock('2030-01-01T00:00:00Z');
    await workplace.run(['issue']);
    setClock('2026-11-30T12:00:00Z');
    expect((await workplace.run(['issue'])).stderr).toMatch(
      /certificate-not-yet-valid\].*\ncure: wait until then, .* run "vb365 renew \S+ --at 2026-11-30T12:00:00Z"\n/,
    );
    const behind = await workplace.run(['renew', '--all']);
    expect(behind.stderr).toContain('run it with --at 2026-11-30T12:00:00Z, and give');
    expect((await workplace.run(['renew', '--all', '--at', '2026-11-30T12:00:00Z'])).code).toBe(0);
    expect((await workplace.run(['renew'])).stdout).toContain('Nothing to renew');
    setClock('2026-12-20T12:00:00Z');
    expect((await workplace.run(['retire'])).stdout.match(/^retired /gm)).toHaveLength(3);
  });
});

describe('a clock that is wrong by less than ten years', () => {
  /** Successors that were imported before they are valid: one from 2028 on, and perhaps one from 2029 on. */
  async function withPremature(...years: readonly number[]): Promise<Workplace> {
    const workplace = done.copy();
    workplace.write('vb365.yaml', configurationOf('contoso'));
    await workplace.run(['retire', '--confirmed', CONTOSO, '--at', ISSUED]);
    for (const year of years) {
      const notBefore = new Date(Date.UTC(year, 0, 1));
      const certificate = selfSigned({ notBefore, notAfter: new Date(Date.UTC(2031, 0, 1)) });
      const content = { certificate, chain: [], added: new Date('2026-06-02'), sealedKey: sealedText() };
      new Keystore(workplace.path('keystore')).add(CONTOSO, content);
    }
    expect(labels(workplace)).toEqual(['0002', '0003', '0004'].slice(0, 1 + years.length));
    return workplace;
  }

  it.each([[['retire']], [['retire', '--confirmed', CONTOSO]]])(
    'takes by %j nothing away that alone was valid when the newest certificate was added, and says so',
    async (args) => {
      const workplace = await withPremature(2028);
      const { code, stdout, stderr } = await workplace.run([...args, '--at', '2029-06-01']);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^warning\[certificate-held-back\] contoso\/entra-application 0002: .* by 2029-06-01T00:00:00Z, and stays: .* valid at 2026-06-02T00:00:00Z, when keystore\/contoso\/.*0003\.crt entered the keystore\ncure: check --at, and the clock .*\n$/,
      );
      expect(hasValid(workplace, '2026-06-02')).toBe(true);
    },
  );

  it('and is right after all, lets it go once the cure has been done', async () => {
    const workplace = await withPremature(2028);
    setClock('2029-06-01');
    for (const cure of curesOf(await workplace.run(['retire']))) await workplace.run(cure);
    const { code, stdout } = await workplace.run(['retire']);
    expect({ code, stdout: stdout.split('\n')[0] }).toEqual({ code: 0, stdout: `retired ${CONTOSO} 0002` });
  });

  it('makes room for a successor by another one', async () => {
    const workplace = await withPremature(2028, 2029);
    expect((await workplace.run(['renew', CONTOSO, '--at', '2029-06-01'])).code).toBe(0);
    expect(labels(workplace)).toEqual(['0002', '0004', '0005']);
  });
});

(hasFaketime ? describe : describe.skip)('vb365 as a process whose clock is wrong', () => {
  function start(workplace: Workplace, clock: string, args: readonly string[]): ChildProcess {
    return workplace.spawn(args, {}, ['faketime', `${clock} 12:00:00`]);
  }

  it.each([
    ['2099-01-01', 'clock-ahead', ['renew']],
    ['2099-01-01', 'clock-ahead', ['retire']],
    ['2020-01-01', 'clock-behind', ['renew']],
    ['2020-01-01', 'clock-behind', ['issue']],
  ])('is refused in %s: %s of %j', async (clock, error, args) => {
    const before = done.snapshot();
    const child = start(done, clock, args);
    const chunks: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    expect(await ended(child)).toBe(2);
    expect(Buffer.concat(chunks).toString()).toContain(`error[${error}]`);
    expect(done.snapshot()).toEqual(before);
  });

  it('and is killed then, stops nobody afterwards', async () => {
    const workplace = done.copy();
    const lock = workplace.path('keystore/.lock');
    const child = start(workplace, '2099-01-01', ['renew', '--all', '--at', '2026-06-02']);
    const end = ended(child);
    let pid: number | undefined;
    while (pid === undefined && child.exitCode === null) {
      await wait(1);
      const [name] = existsSync(lock) ? readdirSync(lock) : [];
      pid = name === undefined ? undefined : Number(/"pid":(\d+)/.exec(workplace.read(`keystore/.lock/${name}`))?.[1]);
    }
    process.kill(pid ?? 0, 'SIGKILL');
    await end;
    expect(existsSync(lock)).toBe(true);
    const { code, stderr } = await workplace.runProcess(['renew', 'primary/rest-api', '--at', '2026-06-03']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(lock)).toBe(false);
  });
});
