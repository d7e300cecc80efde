import { existsSync } from 'node:fs';
import { type Outcome, removeWorkplaces, Workplace } from '../../support/cli';
import { openssl } from '../../support/openssl';

const LINEAGE = 'contoso/entra-application';

/** Holds three lineages; not to be changed. */
let done: Workplace;
let first: Outcome;

beforeAll(async () => {
  done = new Workplace();
  first = await done.run(['issue'], { isTTY: true });
});

afterAll(removeWorkplaces);

describe('vb365 issue at a terminal', () => {
  it('draws its progress on standard error, and takes it away', () => {
    expect(first.stderr).toMatch(/issuing [█░]+ 0\/3(?! ·)/);
    expect(first.stderr).not.toMatch(/ 0\/3 · /);
    expect(first.stdout).toMatch(/^(?:issued [a-z/-]+ 0001\n){3}/m);
  });

  it('leaves the cursor alone, so that it is there after Ctrl+C too', () => {
    expect(first.stderr).not.toContain('\u001b[?25l');
  });
});

describe('vb365 at a terminal, where a password is needed', () => {
  it('asks twice for that of an export, and shows none of it', async () => {
    const workplace = done.copy();
    const answers = { 'Password of the PFX': 'hunter22\r', Again: 'hunter22\r' };
    const { code, stdout, stderr } = await workplace.run(['export', LINEAGE, '--out', 'x.pfx'], { answers });
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('hunter2');
    openssl(['pkcs12', '-in', workplace.path('x.pfx'), '-noout', '-passin', 'pass:hunter22']);
  });

  it.each([
    [
      'is typed differently the second time',
      { 'Password of the PFX': 'Correct-Horse\r', Again: 'Correct-House\r' },
      'passwords-differ',
    ],
    ['is empty, before it is asked again', { 'Password of the PFX': '\r' }, 'password-empty'],
    ['is short, before it is asked again', { 'Password of the PFX': 'hunter2\r' }, 'password-too-short'],
    ['is refused by Ctrl+C', { 'Password of the PFX': '\u0003' }, 'password-prompt-cancelled'],
  ])('exports nothing where it %s', async (_, answers, expected) => {
    const workplace = done.copy();
    const { code, stderr } = await workplace.run(['export', LINEAGE, '--out', 'x.pfx'], { answers });
    expect(code).toBe(2);
    expect(stderr).toContain(`error[${expected}]`);
    expect(existsSync(workplace.path('x.pfx'))).toBe(false);
  });

  it('asks for nothing where a file is in the way', async () => {
    const workplace = done.copy();
    workplace.write('x.pfx', '');
    const { code, stderr } = await workplace.run(['export', LINEAGE, '--out', 'x.pfx'], { answers: {} });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[output-exists\]/);
  });

  it('asks for that of a PFX to import', async () => {
    const workplace = done.copy();
    const env = { P: 'hunter2' };
    await workplace.run(['export', 'primary/rest-api', '--out', 'x.pfx', '--password-env', 'P'], { env });
    const answers = { 'Password of x.pfx': 'hunter2\r' };
    const { stdout } = await workplace.run(['import', 'primary/rest-api', 'x.pfx', '--dry-run'], { answers });
    expect(stdout).toMatch(/^would be refused for primary\/rest-api: [0-9A-F]{40}/);
  });

  it('asks for nothing where a PFX has none', async () => {
    const workplace = done.copy();
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', workplace.path('k'), '-subj', '/CN=x', '-days', '90'];
    openssl(['req', '-x509', ...key, '-out', workplace.path('c')]);
    const pfx = ['-out', workplace.path('x.pfx'), '-passout', 'pass:'];
    openssl(['pkcs12', '-export', '-inkey', workplace.path('k'), '-in', workplace.path('c'), ...pfx]);
    const args = ['import', LINEAGE, 'x.pfx', '--dry-run', '--accept', 'certificate-authority-as-leaf'];
    const { code, stderr } = await workplace.run(args, { answers: {} });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
