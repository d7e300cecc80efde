import { existsSync, symlinkSync } from 'node:fs';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

const AT = '2026-07-01T12:00:00Z';

/** Three lineages since 2026-06-01, 365 days; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
});

afterAll(removeWorkplaces);

describe('vb365 report', () => {
  it('writes one page, and says what it found', async () => {
    const workplace = done.copy();
    const { code, stdout, stderr } = await workplace.run(['report', '--at', AT]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'Wrote report.html: 3 certificates, none needs attention.\n',
      stderr: '',
    });
    const page = workplace.read('report.html');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    for (const lineage of [
      'primary/rest-api',
      'primary/restore-operator-authentication',
      'contoso/entra-application',
    ]) {
      expect(page).toContain(`id="${lineage}"`);
    }
    expect(page).not.toContain(workplace.folder);
  });

  it('ends with 0 where something needs attention, too', async () => {
    const workplace = new Workplace();
    const { code, stdout } = await workplace.run(['report', '--at', AT, '--out', 'pages/certificates.html']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Wrote pages/certificates.html: 3 certificates, 3 need attention.\n',
    });
    expect(workplace.read('pages/certificates.html')).toContain('<code>vb365 issue</code>');
  });

  it('prints the page where the file is -', async () => {
    const workplace = done.copy();
    const { stdout, stderr } = await workplace.run(['report', '--at', AT, '--out', '-']);
    await workplace.run(['report', '--at', AT]);
    expect(stdout).toBe(workplace.read('report.html'));
    expect(stderr).toBe('Wrote the report: 3 certificates, none needs attention.\n');
    expect(existsSync(workplace.path('-'))).toBe(false);
  });

  it('writes over an earlier report, and over nothing else unless forced', async () => {
    const workplace = done.copy();
    await workplace.run(['report', '--at', AT]);
    const first = workplace.read('report.html');
    expect((await workplace.run(['report', '--at', '2026-07-02'])).code).toBe(0);
    expect(workplace.read('report.html')).not.toBe(first);

    workplace.write('report.html', '<p>mine</p>');
    const { code, stderr } = await workplace.run(['report', '--at', AT]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[output-exists\] there is a file report\.html already\ncure: .*--force/);
    expect(workplace.read('report.html')).toBe('<p>mine</p>');
    expect((await workplace.run(['report', '--at', AT, '--force'])).code).toBe(0);
    expect(workplace.read('report.html')).toBe(first);
  });

  it.each([
    ['a folder', (workplace: Workplace) => workplace.write('report.html/x', '')],
    [
      'a symbolic link',
      (workplace: Workplace) => {
        symlinkSync('vb365.yaml', workplace.path('report.html'));
      },
    ],
  ])('refuses %s in its place', async (_, putThere) => {
    const workplace = done.copy();
    putThere(workplace);
    const { code, stderr } = await workplace.run(['report', '--force']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[output-unwritable\] /);
    expect(workplace.read('vb365.yaml')).toBe(THREE_LINEAGES);
  });

  it('shows what is wrong with the keystore, and what is not declared', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES.replaceAll('contoso', 'fabrikam'));
    workplace.write('keystore/primary/rest-api/0001.crt', 'cut off');
    const { code, stdout } = await workplace.run(['report', '--at', AT]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Wrote report.html: 3 certificates, 2 need attention.\n' });
    const page = workplace.read('report.html');
    expect(page).toContain('<code>keystore-certificate-unreadable</code>');
    expect(page).toContain('<code>lineage-undeclared</code>');
    expect(page).not.toContain(workplace.folder);
  });

  it('asks for the answer to a request that waits', async () => {
    const workplace = new Workplace();
    await workplace.run(['request', 'primary/rest-api', '--at', AT]);
    await workplace.run(['report', '--at', AT]);
    const page = workplace.read('report.html');
    expect(page).toContain('<code>vb365 import primary/rest-api &lt;answer&gt;</code>');
    expect(page).toContain('its request of 2026-07-01 waits for its answer');
  });

  it('shows what the rules say, but the calendar only once', async () => {
    const workplace = done.copy();
    workplace.write(
      'vb365.yaml',
      THREE_LINEAGES.replace('hostName: vb365.example.com, port', 'hostName: other.example.com, port'),
    );
    await workplace.run(['report', '--at', '2027-05-20']);
    const page = workplace.read('report.html');
    expect(page).toContain('<code>certificate-name-mismatch</code>');
    expect(page).not.toContain('certificate-short-validity');
  });
});
