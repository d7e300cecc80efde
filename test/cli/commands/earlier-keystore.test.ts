import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import type { StatusRow } from '../../../lib/lifecycle/status';
import { removeWorkplaces, Workplace } from '../../support/cli';

/** What 0.1.0 has issued on 2026-06-01, and imported and renewed in December; its identity lies beside it. */
const EARLIER = join(__dirname, '..', 'earlier-keystore');
const AT = ['--at', '2026-12-15T12:00:00Z'];
const LINEAGES = [
  'primary/server',
  'primary/rest-api',
  'primary/restore-portal',
  'primary/tenant-authentication',
  'primary/restore-operator-authentication',
  'contoso/entra-application',
  'northwind/entra-application',
  'fabrikam/data-cloud',
];

/** Not to be changed. */
let earlier: Workplace;

beforeAll(() => {
  earlier = new Workplace(null);
  cpSync(join(EARLIER, 'vb365.yaml'), earlier.path('vb365.yaml'));
  cpSync(join(EARLIER, 'keystore'), earlier.path('keystore'), { recursive: true });
  cpSync(join(EARLIER, 'identity.txt'), earlier.identity);
  // Git keeps no modes.
  chmodSync(earlier.identity, 0o600);
});

afterAll(removeWorkplaces);

/**
 * What later versions issue differently is no reason that a certificate which is there does not fit. Where one of these tests
 * fails, the rule has to change, and not the keystore.
 */
describe('a keystore that 0.1.0 has made', () => {
  it('has every lineage valid, without a word', async () => {
    const { code, stdout, stderr } = await earlier.run(['status', '--json', ...AT]);
    const rows = JSON.parse(stdout) as StatusRow[];
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(rows.filter(({ state }) => state === 'valid').map(({ lineage }) => lineage)).toEqual(LINEAGES);
    expect(rows.filter(({ state }) => state !== 'valid')).toMatchObject([
      { lineage: 'contoso/entra-application', generation: '0001', state: 'superseded' },
    ]);
  });

  it.each([
    ['status', [], '', '8 lineages: 8 valid, 1 superseded\n'],
    ['status', ['--scenarios'], '', '8 scenarios: 6 covered, 2 not-used\n'],
    ['issue', [], 'Nothing to issue: none of 8 certificates is missing.\n', ''],
    ['issue', ['--dry-run'], 'Nothing to issue: none of 8 certificates is missing.\n', ''],
    ['renew', [], 'Nothing to renew: none of 8 certificates is due.\n', ''],
    ['report', [], 'Wrote report.html: 8 certificates, none needs attention.\n', ''],
  ])('%s %j finds nothing to do', async (command, options, said, noted) => {
    const { code, stdout, stderr } = await earlier.copy().run([command, ...options, ...AT]);
    expect(code).toBe(0);
    expect(stdout).toContain(said);
    expect(stderr).toBe(noted);
  });

  it('has a report without findings', async () => {
    const { stdout } = await earlier.run(['report', '--out', '-', ...AT]);
    expect(stdout).toContain('The keystore is sound, and the rules have nothing to say about the certificates.');
    expect(stdout).not.toContain('class="action');
  });

  it('has a calendar of the same dates', async () => {
    const { stdout } = await earlier.run(['status', '--ics', '-', ...AT]);
    const unfolded = stdout.replaceAll('\r\n ', '');
    expect(unfolded.match(/(?<=SUMMARY:).*/g)).toEqual([
      'Retire contoso/entra-application',
      'Renew 6 certificates',
      'Last day of 6 certificates',
      'Renew contoso/entra-application',
      'Last day of contoso/entra-application',
      'Renew northwind/entra-application',
      'Last day of northwind/entra-application',
    ]);
    expect(unfolded).not.toContain('does not fit');
  });

  it.each(LINEAGES)('exports %s without a warning', async (lineage) => {
    const workplace = earlier.copy();
    const password = ['--generate-password', 'password'];
    const { code, stdout, stderr } = await workplace.run(['export', lineage, ...password, ...AT]);
    expect(code).toBe(0);
    expect(stdout).toContain(`exported ${lineage} `);
    expect(stderr).toBe('');
  });

  it('is synthesized, installed and retired as before', async () => {
    const workplace = earlier.copy();
    expect(await workplace.runProcess(['synth'])).toMatchObject({ code: 0, stderr: '' });
    // It has no --at: some day it will say that they have expired.
    const install = await workplace.run(['install', 'primary/server', '--via', 'local', '--dry-run']);
    expect(install.code).toBe(0);
    expect(install.stderr).not.toMatch(/mismatch|below-policy/);
    const retired = await workplace.run(['retire', '--at', '2026-12-17']);
    expect(retired).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('retired contoso/entra-application 0001') as unknown,
      stderr: '',
    });
  });

  it('is renewed when it is due, and not before', async () => {
    const workplace = earlier.copy();
    expect((await workplace.run(['renew', '--dry-run', '--at', '2027-05-02T11:00:00Z'])).code).toBe(0);
    const { stdout } = await workplace.run(['renew', '--dry-run', '--at', '2027-05-02T13:00:00Z']);
    expect(stdout.match(/^would renew .* 0002$/gm)).toHaveLength(6);
  });
});
