import { readdirSync } from 'node:fs';
import type { StatusRow } from '../../../lib/lifecycle/status';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

const REST_API = 'primary/rest-api';
const OPERATORS = 'primary/restore-operator-authentication';
const CONTOSO = 'contoso/entra-application';
const RENAMED = THREE_LINEAGES.replaceAll('vb365.example.com', 'bk01.litware.example');
const AT = ['--at', '2026-07-01'];
const MISMATCH = `[certificate-name-mismatch] ${REST_API} 0001: it does not name bk01.litware.example; it names vb365.example.com`;

/** Three lineages of a server that has another name by now; not to be changed. */
let renamed: Workplace;

beforeAll(async () => {
  renamed = new Workplace();
  await renamed.run(['issue', '--at', '2026-06-01T12:00:00Z']);
  renamed.write('vb365.yaml', RENAMED);
});

afterAll(removeWorkplaces);

async function statesOf(workplace: Workplace): Promise<Record<string, string>> {
  const { stdout } = await workplace.run(['status', '--json', ...AT]);
  const rows = JSON.parse(stdout) as StatusRow[];
  return Object.fromEntries(rows.map(({ lineage, generation, state }) => [`${lineage} ${generation ?? ''}`, state]));
}

describe('a host name that has changed in vb365.yaml', () => {
  it('is told by status: a state of its own, why, and what mends it', async () => {
    const { code, stdout, stderr } = await renamed.run(['status', ...AT]);
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(1, 4)).toEqual([
      expect.stringMatching(/^primary\/rest-api +0001 +unfit +335 /),
      expect.stringMatching(/^primary\/restore-operator-authentication +0001 +unfit +335 /),
      expect.stringMatching(/^contoso\/entra-application +0001 +valid +335 /),
    ]);
    expect(stderr).toContain(`error${MISMATCH}\ncure: run "vb365 renew ${REST_API}"`);
    expect(stderr).toContain('3 lineages: 2 unfit, 1 valid\n');
  });

  it('leaves what depends on it uncovered', async () => {
    const { code, stdout } = await renamed.run(['status', '--scenarios', ...AT]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^primary +rest-api-on-server +not-covered +primary\/rest-api unfit /m);
  });

  it('stands in the calendar', async () => {
    const { code, stdout } = await renamed.run(['status', '--ics', '-', ...AT]);
    expect(code).toBe(1);
    expect(stdout.replaceAll('\r\n ', '')).toContain('does not fit: it does not name bk01.litware.example');
  });

  it('is told by issue, which does not stop the deployment that may mend it', async () => {
    const { code, stdout, stderr } = await renamed.run(['issue', ...AT]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing to issue: none of 3 certificates is missing.\n' });
    expect(stderr).toContain(`warning${MISMATCH}\ncure: run "vb365 renew ${REST_API}"`);
    expect(stderr).not.toContain(CONTOSO);
    expect((await renamed.run(['issue', '--dry-run', ...AT])).code).toBe(1);
  });

  it('is told by export', async () => {
    const { code, stderr } = await renamed.run([
      'export',
      REST_API,
      '--generate-password',
      'password',
      '--force',
      ...AT,
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain(`warning${MISMATCH}`);
  });

  it('is told by install', async () => {
    // It has no --at.
    const workplace = new Workplace();
    await workplace.run(['issue']);
    workplace.write('vb365.yaml', RENAMED);
    const bundle = ['--via', 'bundle', '--passwords', 'bundle.password'];
    for (const args of [
      ['--dry-run', '--via', 'local'],
      [...bundle, '--force'],
    ]) {
      const { code, stderr } = await workplace.run(['install', REST_API, ...args]);
      expect(code).toBe(0);
      expect(stderr).toContain(`warning${MISMATCH}`);
    }
  });

  it('is told by verify, also where nothing but the server could tell what it uses', async () => {
    // It has no --at.
    const workplace = new Workplace();
    await workplace.run(['issue']);
    expect((await workplace.run(['verify', OPERATORS])).code).toBe(0);
    workplace.write('vb365.yaml', RENAMED);
    const { code, stdout, stderr } = await workplace.run(['verify', OPERATORS]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ keystore +differs +- +not what vb365\.yaml asks for$/m);
    expect(stderr).toContain(
      `error[certificate-name-mismatch] ${OPERATORS} 0001: it does not name bk01.litware.example`,
    );
  });

  it('needs attention in the report', async () => {
    const { stdout } = await renamed.run(['report', '--out', 'report.html', ...AT]);
    expect(stdout).toBe('Wrote report.html: 3 certificates, 2 need attention.\n');
    const page = renamed.read('report.html');
    expect(page).toMatch(/<h3>.* Unfit: 2 certificates<\/h3>/);
    expect(page).toContain('<code>vb365 renew</code>');
    expect(page).not.toContain('all-well">');
  });

  it.each([
    [[], ['renewed primary/rest-api 0002', 'renewed primary/restore-operator-authentication 0002']],
    [[REST_API], ['renewed primary/rest-api 0002']],
  ])('is mended by renew %j, once', async (names, expected) => {
    const workplace = renamed.copy();
    const { code, stdout } = await workplace.run(['renew', ...names, ...AT]);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('renewed'))).toEqual(expected);
    expect(await statesOf(workplace)).toMatchObject({
      [`${REST_API} 0002`]: 'valid',
      [`${REST_API} 0001`]: 'superseded',
      [`${OPERATORS} ${names.length === 0 ? '0002' : '0001'}`]: names.length === 0 ? 'valid' : 'unfit',
      [`${CONTOSO} 0001`]: 'valid',
    });
    await workplace.run(['renew', ...AT]);
    expect(await workplace.run(['renew', ...AT])).toMatchObject({
      code: 0,
      stdout: 'Nothing to renew: none of 3 certificates is due.\n',
    });
    expect((await workplace.run(['issue', ...AT])).stderr).toBe('');
    expect((await workplace.run(['status', ...AT])).code).toBe(0);
  });

  it('is mended in the other way, too: by the name of before', async () => {
    const workplace = renamed.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES);
    expect((await workplace.run(['status', ...AT])).code).toBe(0);
  });

  it('is left to a person where certificates are imported', async () => {
    const workplace = renamed.copy();
    workplace.write('vb365.yaml', `certificates: { source: imported }\n${RENAMED}`);
    const { code, stdout, stderr } = await workplace.run(['renew', ...AT]);
    expect(code).toBe(1);
    expect(stdout).not.toContain('renewed');
    expect(stderr).toContain(`error${MISMATCH}`);
    expect(stderr).toContain(`run "vb365 import ${REST_API} <file>"`);
    expect(readdirSync(workplace.path(`keystore/${REST_API}`))).toEqual(['0001.crt', '0001.key.age']);
  });
});

describe('a larger key that is asked for', () => {
  it.each([
    ['keySize: 3072', 'unfit'],
    ['validityDays: 90', 'valid'],
    ['validityDays: 730', 'valid'],
  ])('%s: the certificates that are there are %s', async (policy, state) => {
    const workplace = renamed.copy();
    workplace.write('vb365.yaml', `certificates: { ${policy} }\n${THREE_LINEAGES}`);
    expect([...new Set(Object.values(await statesOf(workplace)))]).toEqual([state]);
    const { stderr } = await workplace.run(['issue', ...AT]);
    expect(stderr.includes('warning[certificate-key-below-policy]')).toBe(state === 'unfit');
  });
});

describe('an owner that has another name', () => {
  it('is issued anew, and what nothing declares any more is named', async () => {
    const workplace = renamed.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES.replaceAll('contoso', 'fabrikam'));
    for (const [args, CI, expected] of [
      [[], 'true', 2],
      [['--dry-run'], '', 1],
      [[], '', 0],
    ] as const) {
      const { code, stdout, stderr } = await workplace.run(['issue', ...args, ...AT], { env: { CI } });
      expect(code).toBe(expected);
      expect(stdout).toContain('fabrikam/entra-application');
      expect(stderr).toContain(`advice[lineage-undeclared] the keystore holds ${CONTOSO}`);
    }
  });
});
